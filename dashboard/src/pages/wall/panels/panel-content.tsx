// The panel of a name. What comes from a library of its own weight is loaded when it is first shown.
import type { Panel } from '../layout/panels.ts'
import { BriefExamples, BriefFigures, BriefSentence } from './brief.tsx'
import { CameraPanel } from './camera-panel.tsx'
import { CasePanel } from './case-panel.tsx'
import { DayCard } from './day-card.tsx'
import { DecisionsCard } from './decisions-card.tsx'
import { FlowStrip } from './flow-strip.tsx'
import { FocusCard } from './focus-card.tsx'
import { LateCard } from './late-card.tsx'
import { NeedCard } from './need-card.tsx'
import { RankingCard } from './ranking-card.tsx'
import { RatesCard } from './rates-card.tsx'
import { SlotCard } from './slot-card.tsx'
import { UnitsCard } from './units-card.tsx'
import { UrgentCard } from './urgent-card.tsx'
import { WallMap } from './wall-map.tsx'

export function PanelContent({ panel }: { panel: Panel }) {
  switch (panel) {
    case 'need':
      return <NeedCard />
    case 'urgent':
      return <UrgentCard />
    case 'decide':
      return <DecisionsCard />
    case 'late':
      return <LateCard />
    case 'flow':
      return <FlowStrip />
    case 'map':
      return <WallMap />
    case 'rates':
      return <RatesCard />
    case 'units':
      return <UnitsCard />
    case 'day':
      return <DayCard />
    case 'slot':
      return <SlotCard />
    case 'camera':
      return <CameraPanel />
    case 'case':
    case 'story':
      return <CasePanel />
    case 'focus':
      return <FocusCard />
    case 'ranking':
      return <RankingCard />
    case 'sentence':
      return <BriefSentence />
    case 'figures':
      return <BriefFigures />
    case 'examples':
      return <BriefExamples />
    default:
      return null
  }
}
