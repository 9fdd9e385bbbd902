// The heading of a list behind a figure, in the reader's language.
import type { CityNames } from '../../api/city.ts'
import { type Translate, wordFor } from '../../i18n/translate.ts'
import type { Drill } from './drill.ts'
import { isFlowMetric } from './flow-metrics.ts'

export function drillTitle(drill: Drill, names: CityNames, t: Translate): string {
  switch (drill.kind) {
    case 'urgent':
      return t('wall.urgent')
    case 'waiting':
      return t('drill.decide', { kind: drill.label })
    case 'waiting-all':
      return t('wall.decide')
    case 'overdue':
      return t('wall.late')
    case 'due-soon':
      return t('light.yellow')
    case 'double':
      return t('drill.double')
    case 'stage':
      return drill.overLimit
        ? t('drill.stage.over', { stage: t(`stage.${drill.stage}`) })
        : t(`stage.${drill.stage}`)
    case 'suspended':
      return t('drill.suspended')
    case 'rework':
      return t('drill.rework')
    case 'light':
      return t('drill.light', { light: t(`light.${drill.light}`) })
    case 'all':
      return t('wall.map')
    case 'department': {
      const department = names.department(drill.code) ?? drill.code
      return drill.overdue
        ? t('drill.department.overdue', { department })
        : t('drill.department', { department })
    }
    case 'departments':
      return t('wall.units.rest', { n: drill.codes.length })
    case 'area':
      return t('drill.area', { area: names.area(drill.code) ?? drill.code })
    case 'today':
      return drillToday(drill, names, t)
    case 'standing':
      return t(`drill.standing.${drill.list}`)
    case 'cases':
      return t('drill.cases')
  }
}

/** Only the counts of the flow have a name of their own on the wall. */
function drillToday(
  { metric, category, source }: Extract<Drill, { kind: 'today' }>,
  names: CityNames,
  t: Translate,
): string {
  const named = t('drill.today', { metric: isFlowMetric(metric) ? t(`wall.today.${metric}`) : metric })
  const which = [
    category && (names.category(category) ?? category),
    source && wordFor(t, 'source', source),
  ].filter(Boolean)
  return [...which, named].join(' · ')
}
