// How often the right category is among the first three suggestions, on sentences with known categories: those of the
// simulated people, and those of the labelled pairs of duplicates. Prints it, with and without the everyday words.
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { catalogueWords, openSuggester } from '#domain/category-suggest.ts'
import type { CityPack } from '#domain/city/types.ts'
import { PAIRS } from '#domain/testing/duplicates/pairs.ts'
import { REPORTS } from '#scripts/life/words.ts'
import { readPack } from '#pack/read-pack.ts'
import { ALIASES } from './aliases.ts'

let pack: CityPack
beforeAll(async () => {
  const read = await readPack(fileURLToPath(new URL('../../../cities/demo', import.meta.url)))
  if (!read.pack) throw new Error('the demo pack has faults')
  pack = read.pack
})

interface Labelled {
  category: string
  text: string
}

const PLACES = ['纺织路43号门前', '人民路鼓楼口', '书院社区4栋', '北渠桥东侧', '一中西门', '汽车站']
const SLOTS: Readonly<Record<string, string>> = { shop: '水果店', goods: '水果', bulk: '红薯', bags: '两' }

const ofPeople = (): Labelled[] =>
  Object.entries(REPORTS).flatMap(([category, texts]) =>
    texts.map((text, i) => ({
      category,
      text: text
        .replace(/^\[[^\]]*\]/, '')
        .replace(/\{(\w+)\}/g, (_, slot: string) =>
          slot === 'at' ? (PLACES[i % PLACES.length] ?? '') : (SLOTS[slot] ?? '3'),
        ),
    })),
  )

function ofPairs(): Labelled[] {
  const known = new Set(pack.categories.map((c) => c.code))
  const all = PAIRS.flatMap(({ report, earlier }) => [
    earlier,
    { ...report, category: report.category ?? earlier.category },
  ])
  return all.flatMap(({ category, text }) => (category && known.has(category) ? [{ category, text }] : []))
}

function accuracy(texts: readonly Labelled[], aliases: Readonly<Record<string, readonly string[]>>) {
  const categories = pack.categories.map((c) => ({ ...c, aliases: aliases[c.code] }))
  const suggest = openSuggester(catalogueWords({ ...pack, categories }))
  const places = texts.map(({ category, text }) => suggest(text).findIndex((s) => s.code === category))
  return {
    first: places.filter((p) => p === 0).length / texts.length,
    amongThree: places.filter((p) => p >= 0).length / texts.length,
  }
}

test('every alias belongs to a category of the demo', () => {
  const codes = pack.categories.map((c) => c.code)
  expect(Object.keys(ALIASES).filter((code) => !codes.includes(code))).toEqual([])
})

test.each([
  ['simulated people', ofPeople, 0.84, 0.68],
  ['the labelled pairs', ofPairs, 0.91, 0.72],
] as const)('sentences of %s', (name, read, withAliases, without) => {
  const texts = read()
  const [plain, named] = [accuracy(texts, {}), accuracy(texts, ALIASES)]
  const say = (a: typeof plain) =>
    `first ${(a.first * 100).toFixed(1)} %, among three ${(a.amongThree * 100).toFixed(1)} %`
  console.log(`${name} (${texts.length}): catalogue alone ${say(plain)}; with everyday words ${say(named)}`)
  expect(named.amongThree).toBeGreaterThanOrEqual(withAliases)
  expect(plain.amongThree).toBeGreaterThanOrEqual(without)
})
