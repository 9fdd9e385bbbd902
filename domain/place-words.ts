// What a report's text says of its place that tells it from the next: house, building and lamp numbers, sides of a road or
// bridge, gates, named shops. Two texts agree, contradict each other, or say nothing. Reads words, knows no map.
import { plainText } from './text-likeness.ts'

export interface PlaceWords {
  /** Kind → numbers, e.g. `号` → 27, `栋` → 3, `code` → rm143. */
  numbers: ReadonlyMap<string, ReadonlySet<string>>
  /** What lies on which side, e.g. `渠桥` 东. */
  sides: readonly { of: string; side: string; gate: boolean }[]
  /** What is across the road from something. */
  across: readonly string[]
  /** Kinds of shop, e.g. `水果`. */
  shops: ReadonlySet<string>
}

const DIGITS = '零一二三四五六七八九'
const CHINESE_NUMBER =
  /[一二三四五六七八九十两]+(?=号|栋|幢|单元|楼|层|巷|弄|组|期|中(?![心间央午])|小(?:学|门)|小$)/g

/** `二十七` → 27. Up to 99. */
function toDigits(text: string): string {
  const one = (c: string | undefined) => (c === '两' ? 2 : DIGITS.indexOf(c ?? ''))
  const at = text.indexOf('十')
  if (at < 0) return [...text].map(one).join('')
  const tens = at === 0 ? 1 : one(text[at - 1])
  return String(tens * 10 + (at + 1 < text.length ? one(text[at + 1]) : 0))
}

/** Each kind of number; the first group is the number. A longer unit stands before the shorter one it begins with. */
const NUMBERS: readonly [kind: string, RegExp][] = [
  ['code', /((?!pm)[a-z]{1,4}\d{3,8})/g],
  ['code', /(?:编号|杆号|箱号|井号|尾号)为?(\d{2,8})/g],
  ['栋', /(\d{1,4})(?:号楼|栋|幢)/g],
  ['单元', /(\d{1,2})单元/g],
  ['层', /(?<![号\d])(\d{1,2})[楼层]/g],
  ['巷', /(\d{1,3})(?:巷|弄)/g],
  ['组', /(\d{1,3})组/g],
  ['期', /(\d{1,2})期/g],
  ['中', /(\d{1,2})中(?![心间央午])/g],
  ['小', /(\d{1,2})小(?!时)/g],
  ['号', /(?<![月\d])(\d{1,4})号(?!楼|线|路灯|灯)/g],
  ['code', /(?<![月\d])(\d{1,6})号(?:路灯|灯)/g],
]

const SIDE = /(东南|东北|西南|西北|东|南|西|北)(侧|边|面|门|头|岸|口|角|段)/g
/** Not the beginning of a name: 环湖南路, 街道北渠社区. */
const ROAD_SIDE = /([路街道巷渠河湖桥])(东|南|西|北)(?![侧边面门头岸口角段路街渠湖京])/g
const WAY = /([进出])站?口/g
const ACROSS = /(.{2})(?:门口|大门|正门)?对面/g
const SHOP = /([\u4e00-\u9fff]{2})(?:店|馆|超市|摊|铺)/g
/** Not the name of a trade. */
const ANY_SHOP = /[出本该各商门沿家某临占的摆流动小路]|店$/

export function placeWords(text: string): PlaceWords {
  const plain = plainText(text).replace(CHINESE_NUMBER, toDigits)
  const numbers = new Map<string, Set<string>>()
  let rest = plain
  for (const [kind, shape] of NUMBERS)
    rest = rest.replace(shape, (whole, number: string) => {
      const [, letters = '', digits = ''] = /^([a-z]*)0*(\d+)$/.exec(number) ?? []
      const found = numbers.get(kind) ?? new Set()
      numbers.set(kind, found.add(letters + digits))
      return kind === 'code' ? ' ' : whole
    })
  const before = (at: number) => plain.slice(Math.max(0, at - 2), at)
  const sides = [
    ...[...plain.matchAll(SIDE)].map((m) => ({
      of: before(m.index),
      side: m[1] ?? '',
      gate: /[门口角]/.test(m[2] ?? ''),
    })),
    ...[...plain.matchAll(WAY)].map((m) => ({ of: before(m.index), side: m[1] ?? '', gate: true })),
    ...[...plain.matchAll(ROAD_SIDE)].map((m) => ({
      of: before(m.index + 1),
      side: m[2] ?? '',
      gate: false,
    })),
  ]
  return {
    numbers,
    sides,
    across: [...plain.matchAll(ACROSS)].map((m) => m[1] ?? ''),
    shops: new Set([...plain.matchAll(SHOP)].map((m) => m[1] ?? '').filter((s) => !ANY_SHOP.test(s))),
  }
}

/**
 * Ways in which two texts name different places. `number` of a building, entrance, lane or lamp; `house` of a street, which
 * people often give by the next door; `opposite` sides; `side` other sides of one thing, which meet at its corner; `shop`
 * different trades, though one shop has many names.
 */
export type PlaceDifference = 'number' | 'house' | 'opposite' | 'side' | 'shop'

export interface PlaceComparison {
  /** Numbers that both give, e.g. `27号`. */
  agree: string[]
  /** What differs, in words: `27号 ≠ 29号`. */
  differ: { what: PlaceDifference; words: string }[]
}

const OPPOSITE: Readonly<Record<string, string>> = {
  东: '西',
  西: '东',
  南: '北',
  北: '南',
  进: '出',
  出: '进',
}
const isOpposite = (a: string, b: string) => [...a].some((c) => b.includes(OPPOSITE[c] ?? ' '))

/** Of two texts as people wrote them. */
export function comparePlaces(a: string, b: string): PlaceComparison {
  const [x, y] = [placeWords(a), placeWords(b)]
  const { agree, differ } = compareNumbers(x, y)
  for (const p of x.sides)
    for (const q of y.sides) {
      if (p.of !== q.of || p.side === q.side) continue
      const what = isOpposite(p.side, q.side) || (p.gate && q.gate) ? 'opposite' : 'side'
      differ.push({ what, words: `${p.of}${p.side} ≠ ${q.of}${q.side}` })
    }
  for (const [mine, other] of [
    [x, plainText(b)],
    [y, plainText(a)],
  ] as const)
    for (const of of mine.across)
      if (other.includes(of) && !other.includes('对面'))
        differ.push({ what: 'opposite', words: `${of}对面 ≠ ${of}` })
  const isShared = [...x.shops].some((s) => [...y.shops].some((t) => [...s].some((c) => t.includes(c))))
  if (x.shops.size > 0 && y.shops.size > 0 && !isShared)
    differ.push({ what: 'shop', words: `${[...x.shops].join('、')} ≠ ${[...y.shops].join('、')}` })
  return { agree, differ }
}

function compareNumbers(x: PlaceWords, y: PlaceWords): PlaceComparison {
  const agree: string[] = []
  const differ: PlaceComparison['differ'] = []
  for (const [kind, mine] of x.numbers) {
    const theirs = y.numbers.get(kind)
    if (!theirs) continue
    const both = [...mine].filter((n) => theirs.has(n) || [...theirs].some((t) => isSameCode(kind, n, t)))
    const say = (n: string | undefined) => `${n}${kind === 'code' ? '' : kind}`
    if (both.length > 0) agree.push(...both.map(say))
    else
      differ.push({
        what: kind === '号' ? 'house' : 'number',
        words: `${say([...mine][0])} ≠ ${say([...theirs][0])}`,
      })
  }
  return { agree, differ }
}

/** One gives the letters of a code, the other its digits alone. */
const isSameCode = (kind: string, a: string, b: string) =>
  kind === 'code' && a.replace(/^\D+/, '') === b.replace(/^\D+/, '') && (/^\d/.test(a) || /^\d/.test(b))
