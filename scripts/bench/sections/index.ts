// The sections of the bench, in the order of its table.
import type { Section } from '../section.ts'
import { flatSection } from './flat.ts'
import { intakeSection } from './intake.ts'
import { liveSection } from './live.ts'
import { pipelineSection } from './pipeline.ts'
import { recoverySection } from './recovery.ts'

export const SECTIONS: readonly Section[] = [
  intakeSection,
  pipelineSection,
  liveSection,
  flatSection,
  recoverySection,
]
