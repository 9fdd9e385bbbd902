// Sentences of simulated people: the templates of texts/ filled with what fits place and hour.
import { pick, whole } from './chance.ts'
import { conditionNumber } from './texts/conditions.ts'
import { ENVIRONMENT } from './texts/environment.ts'
import { ORDER } from './texts/order.ts'
import { repliesFor, SELF_WORDS } from './texts/replies.ts'
import { FACILITIES, URGENT } from './texts/urgent-and-facilities.ts'

export { conditionNumber }

/** Every category's sentences, by code. */
export const REPORTS: Readonly<Record<string, readonly string[]>> = {
  ...ENVIRONMENT,
  ...ORDER,
  ...URGENT,
  ...FACILITIES,
}

const SHOPS = [
  '水果店',
  '五金店',
  '烟酒店',
  '奶茶店',
  '小吃店',
  '便利店',
  '药店',
  '快递驿站',
  '理发店',
  '电动车行',
  '粮油店',
  '服装店',
  '手机店',
  '文具店',
  '卤菜店',
  '蛋糕店',
  '面馆',
  '干洗店',
  '窗帘店',
  '水产店',
] as const
const GOODS = [
  '水果',
  '蔬菜',
  '烤红薯',
  '甘蔗',
  '卤味',
  '鲜花',
  '凉粉',
  '炒货',
  '鸡蛋',
  '袜子手套',
  '煎饼',
  '柑橘',
] as const

/** Sold from a van. */
const BULK = ['水果', '蔬菜', '甘蔗', '红薯', '柑橘', '大米', '西瓜'] as const

export interface Circumstances {
  /** Kind of the place, see places.ts. */
  kind: string
  /** Hour of the day, 0 … 23. */
  hour: number
  /** The place in words. */
  at: string
  /** Number on the lamp post. */
  lamp?: string | undefined
}

/** Said of roads only: a lane has no pavement. */
const OF_ROADS = /人行道|盲道|非机动车|车行道|车道|斑马线|人行横道|路口|公交站|路沿石/

/** The sentences that fit: a tagged one needs its kind of place and its hours; those made for the place come first. */
function fitting(code: string, { kind, hour }: Circumstances): readonly string[] {
  const isOnRoad = kind === 'main-road' || kind === 'road'
  const all = (REPORTS[code] ?? []).map((text) => {
    const [, tag = '', body = text] = /^\[([^\]]*)\](.*)$/.exec(text) ?? []
    const parts = tag.split(' ').filter((p) => p !== '')
    const span = parts.map((p) => /^(\d\d)-(\d\d)$/.exec(p)).find((m) => m !== null)
    const kinds = parts.filter((p) => !/^\d/.test(p))
    const [a, b] = span ? [Number(span[1]), Number(span[2])] : [0, 23]
    const isTime = a <= b ? hour >= a && hour <= b : hour >= a || hour <= b
    return { body, isTime, isPlace: kinds.length === 0 || kinds.includes(kind), isMade: kinds.includes(kind) }
  })
  const able = all.filter((t) => t.isTime && t.isPlace && (isOnRoad || !OF_ROADS.test(t.body)))
  const made = able.filter((t) => t.isMade)
  // What a building site does is said of building sites.
  if (kind === 'site' && made.length > 0) return made.map((t) => t.body)
  // Twice: what is made for the place is said more often.
  return [...able, ...made].map((t) => t.body)
}

/** Fills the names in braces. */
function filled(text: string, { at, lamp }: Partial<Circumstances>, ...seed: (string | number)[]): string {
  const values: Record<string, () => string | number> = {
    at: () => at ?? '',
    lamp: () => lamp ?? `LD-${String(whole(1, 899, ...seed, 'lamp')).padStart(4, '0')}`,
    shop: () => pick(SHOPS, ...seed, 'shop'),
    goods: () => pick(GOODS, ...seed, 'goods'),
    bulk: () => pick(BULK, ...seed, 'bulk'),
    few: () => whole(2, 5, ...seed, 'few'),
    many: () => whole(6, 18, ...seed, 'many'),
    bags: () => pick(['两', '三', '四', '五六'], ...seed, 'bags'),
    m: () => pick([10, 15, 20, 30, 40, 60], ...seed, 'm'),
    sqm: () => whole(1, 9, ...seed, 'sqm'),
    cubic: () => pick([1, 2, 3, 4], ...seed, 'cubic'),
    cm: () => pick([30, 40, 50, 60, 80], ...seed, 'cm'),
    depth: () => pick([16, 18, 20, 25, 30], ...seed, 'depth'),
    deep: () => pick([110, 120, 150, 200, 260], ...seed, 'deep'),
  }
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]?.() ?? ''))
}

/**
 * A report's sentence for a category at a place and hour. `unlike` is a sentence not to be said again in the same words:
 * somebody else reports the same matter.
 */
export function reportText(
  code: string,
  name: string,
  where: Circumstances,
  seed: string,
  unlike?: string,
): string {
  const able = fitting(code, where)
  const say = (n: number) =>
    able.length === 0
      ? `${where.at}发现${name.replace(/（.*/, '')}问题`
      : filled(pick(able, seed, 'text', n), where, seed, n)
  for (let n = 0; n < 8; n++) {
    const text = say(n)
    const condition = unlike === undefined ? undefined : conditionNumber(code, unlike)
    if (text !== unlike && (condition === undefined || condition === conditionNumber(code, text))) return text
  }
  return `${say(0)}，请尽快处理`
}

export const replyText = (code: string, seed: string, round = 1): string =>
  filled(pick(repliesFor(code), seed, 'reply', round), {}, seed, round)

/** Categories that a grid member may fix on the spot, and what is then written. */
export const SELF_HANDLED_CODES = Object.keys(SELF_WORDS)
export const selfText = (code: string, seed: string): string =>
  pick(SELF_WORDS[code] ?? ['已当场处理'], seed, 'self')
