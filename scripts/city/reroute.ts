// What `load --dry-run` says about past cases: how many the changed pack would have sent elsewhere, from whom to whom, and
// which.
import { compileCity } from '#domain/city/compile.ts'
import type { CityPack } from '#domain/city/types.ts'
import { type Lesson, withLessons } from '#domain/register.ts'
import { type Rerouted, reroute } from '#domain/reroute.ts'
import type { DispatchedCase } from '#store/dispatched.ts'
import type { Language } from './report.ts'

const MOST_LISTED = 50

export interface Rerouting {
  cases: number
  elsewhere: Rerouted[]
}

/** `lessons`: what the component register has learnt since, laid over either pack as the running system does. */
export async function rerouting(
  before: CityPack,
  after: CityPack,
  { pages, lessons }: { pages: AsyncIterable<readonly DispatchedCase[]>; lessons: readonly Lesson[] },
): Promise<Rerouting> {
  const old = withLessons(compileCity(before, 1), lessons, 1)
  const changed = withLessons(compileCity(after, 2), lessons, 1)
  const found: Rerouting = { cases: 0, elsewhere: [] }
  for await (const page of pages)
    for (const { state, description } of page) {
      found.cases += 1
      const other = reroute(state, old, changed, description)
      if (other) found.elsewhere.push(other)
    }
  return found
}

/** A line for each pair of units with its count, then the cases. */
export function reroutingText(
  { cases, elsewhere }: Rerouting,
  days: number,
  packs: { before: CityPack; after: CityPack },
  language: Language,
): string {
  const isChinese = language === 'zh'
  const head = isChinese
    ? `近${days}天派遣的${cases}件案件中，${elsewhere.length}件按新规则将派往别处`
    : `of ${cases} cases dispatched in the last ${days} days, ${elsewhere.length} would go elsewhere`
  if (elsewhere.length === 0) return head
  const desk = isChinese ? '由派遣员决定' : 'the dispatcher decides'
  const nameIn = (pack: CityPack, code: string | undefined) =>
    code === undefined ? desk : (pack.departments.find((d) => d.code === code)?.name ?? code)
  const way = (r: Rerouted) => `${nameIn(packs.before, r.before)} → ${nameIn(packs.after, r.after)}`
  const groups = [...Map.groupBy(elsewhere, way)].sort((a, b) => b[1].length - a[1].length)
  const list = elsewhere.slice(0, MOST_LISTED).map((r) => {
    const because = r.step === undefined ? '' : `　${isChinese ? r.step.zh : r.step.because}`
    return `    ${r.caseNo ?? r.receiptNo}  ${way(r)}${because}`
  })
  const more = elsewhere.length - list.length
  const rest = more > 0 ? [isChinese ? `    其余${more}件从略` : `    and ${more} more`] : []
  return [head, ...groups.map(([name, of]) => `  ${of.length}  ${name}`), ...list, ...rest].join('\n')
}
