// A category for a report that came without one, from the words of the catalogue: names, filing conditions and the everyday
// words that a pack gives beside them. A suggestion with the words that it rests on; a person confirms it.
import { bigrams, plainText } from './text-likeness.ts'

/** What a catalogue says of one category. */
export interface CategoryWords {
  code: string
  name: string
  /** Texts of its filing conditions. */
  conditions: readonly string[]
  /** What people call it, e.g. 出店经营 for 店外经营. */
  aliases?: readonly string[] | undefined
}

export interface CategorySuggestion {
  code: string
  name: string
  /** Share of the text's telling words that belong to this category, the rarer weighing more: 0 to 1. */
  score: number
  /** The words found in the text, as they stand there, the weightiest first. */
  words: string[]
}

export type Suggester = (text: string, most?: number) => CategorySuggestion[]

/** Words of a name or an alias mean the category; words of a condition also say in which state it is. */
const WEIGHT = { name: 1.5, alias: 1.5, condition: 1 } as const
/** Weight of the first word of a text, when that of the last is 1. */
const FIRST = 0.6
/** Below this, what is shared is chance. */
const LEAST_SCORE = 0.08

/** The words of a pack's catalogue, for `openSuggester`. */
export function catalogueWords(pack: {
  categories: readonly { code: string; name: string; aliases?: readonly string[] | undefined }[]
  conditions: readonly { category: string; text: string }[]
}): CategoryWords[] {
  const texts = Map.groupBy(pack.conditions, (c) => c.category)
  return pack.categories.map(({ code, name, aliases }) => ({
    code,
    name,
    conditions: (texts.get(code) ?? []).map((c) => c.text),
    aliases,
  }))
}

/** Reads a catalogue once; the answer suggests for any number of texts. */
export function openSuggester(catalogue: readonly CategoryWords[]): Suggester {
  const categories = catalogue.map(({ code, name, conditions, aliases = [] }) => {
    const weights = new Map<string, number>()
    const add = (text: string, weight: number) => {
      for (const pair of bigrams(plainText(text)))
        if (pair.length > 1) weights.set(pair, Math.max(weight, weights.get(pair) ?? 0))
    }
    for (const text of conditions) add(text, WEIGHT.condition)
    for (const alias of aliases) add(alias, WEIGHT.alias)
    for (const part of name.replace(/（.*?）/g, '').split(/[、，]/)) add(part, WEIGHT.name)
    return { code, name, weights }
  })
  const counts = new Map<string, number>()
  for (const { weights } of categories)
    for (const pair of weights.keys()) counts.set(pair, (counts.get(pair) ?? 0) + 1)
  /** How much a pair tells: more, the fewer categories have it. */
  const telling = (pair: string) => {
    const count = counts.get(pair)
    return count === undefined ? 0 : Math.log(1 + categories.length / count)
  }

  return (text, most = 3) => {
    const plain = plainText(text)
    const pairs = [...bigrams(plain)].filter((pair) => counts.has(pair))
    // Most people first say where it is, then what it is.
    const weigh = (pair: string) =>
      telling(pair) * (FIRST + ((1 - FIRST) * (plain.lastIndexOf(pair) + 2)) / plain.length)
    const whole = pairs.reduce((sum, pair) => sum + weigh(pair) * WEIGHT.name, 0)
    if (whole === 0) return []
    return categories
      .map(({ code, name, weights }) => {
        const value = (pair: string) => weigh(pair) * (weights.get(pair) ?? 0)
        const found = new Set(pairs.filter((pair) => weights.has(pair)))
        const score = [...found].reduce((sum, pair) => sum + value(pair), 0) / whole
        return { code, name, score, words: score < LEAST_SCORE ? [] : wordsIn(plain, found, value) }
      })
      .filter(({ score }) => score >= LEAST_SCORE)
      .sort((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1))
      .slice(0, most)
  }
}

/** Overlapping pairs joined to the words that they stand in. */
function wordsIn(text: string, pairs: ReadonlySet<string>, value: (pair: string) => number): string[] {
  const characters = [...text]
  const words = new Map<string, number>()
  let word = ''
  let weight = 0
  const close = () => {
    if (word !== '') words.set(word, Math.max(weight, words.get(word) ?? 0))
    word = ''
    weight = 0
  }
  for (let i = 1; i < characters.length; i++) {
    const pair = (characters[i - 1] ?? '') + (characters[i] ?? '')
    if (!pairs.has(pair)) {
      close()
      continue
    }
    word = word === '' ? pair : word + (characters[i] ?? '')
    weight += value(pair)
  }
  close()
  return [...words].sort((a, b) => b[1] - a[1]).map(([w]) => w)
}
