// When two reports are one matter: the numbers and word lists, as a policy of the city pack. What they mean is in
// duplicate.ts.

export interface DuplicateReach {
  /** Two reports of one matter lie at most so far apart, the inaccuracy of both left aside. Metres. */
  withinM: number
  /** Both came within so many hours, unless the first is still open. */
  withinHours: number
  /** While the first is open, reports of so many hours later are still about it. */
  openHours: number
  /** A report that comes within so many hours after the first was closed or turned down may still be about it. */
  closedHours: number
  /** A rule merges only what came within so many hours of the first. */
  certainHours: number
}

export interface DuplicatePolicy extends DuplicateReach {
  /** Other reaches by category (codes or their beginnings); the longest beginning holds. */
  byCategory: readonly ({ category: readonly string[] } & Partial<DuplicateReach>)[]
  /** Categories that people take for each other; codes or their beginnings. */
  confusable: readonly (readonly string[])[]
  /** Kinds of category whose things stand close together: a rule merges only what shows that it is the same thing. */
  identityKinds: readonly string[]
  /** A rule merges by place and words alone only what lies this near. Metres. */
  certainWithinM: number
  /** … and only when both positions together are at least this good. Metres. */
  certainAccuracyM: number
  /** … and only when so much of the shorter text is in the other, 0 to 1. */
  certainShare: number
  /** Nearer than this, two reports are offered whatever they say. Metres. */
  nearM: number
  /** Farther off they are offered when so much of the shorter text is in the other, or they name the same place. */
  offeredShare: number
  /** Taken for a position that came without accuracy. Metres. */
  assumedAccuracyM: number
  /** Inaccuracy widens the reach by no more than this. Metres. */
  mostAccuracyM: number
  /** Ways in which a thing can be broken; two reports of different ones may be two matters. */
  defects: readonly (readonly string[])[]
  /** Words of danger: a report with one that the first does not have is never merged by rule. */
  danger: readonly string[]
}

/**
 * 50 m and 24 h are what a running city system is set to (`similar_distance`, `similar_time`); the rest was set with the
 * labelled pairs in testing/duplicates/.
 */
export const DUPLICATE_POLICY: DuplicatePolicy = {
  withinM: 50,
  withinHours: 24,
  openHours: 30 * 24,
  closedHours: 12,
  certainHours: 6,
  byCategory: [],
  confusable: [],
  identityKinds: ['C'],
  certainWithinM: 20,
  certainAccuracyM: 30,
  certainShare: 0.5,
  nearM: 15,
  offeredShare: 0.2,
  assumedAccuracyM: 15,
  mostAccuracyM: 50,
  defects: [
    ['不亮', '熄灭', '没亮', '黑'],
    ['倾斜', '歪', '倒伏', '倾倒', '快倒'],
    ['缺失', '丢失', '被盗', '不见', '没了', '少了'],
    ['破损', '破了', '开裂', '裂开', '断裂', '烂'],
    ['异响', '弹跳', '一压就响', '吵'],
    ['沉陷', '下沉', '凹', '高差'],
    ['堵塞', '堵死', '堵了', '不通'],
    ['未关', '门开着', '敞开'],
    ['枯死', '死了'],
  ],
  danger: [
    '塌陷',
    '塌了',
    '缺失',
    '没了',
    '漏气',
    '燃气味',
    '煤气味',
    '着火',
    '起火',
    '触电',
    '漏电',
    '裸露',
    '断落',
    '快倒',
    '要倒',
    '要掉',
    '坠落',
    '伤人',
    '受伤',
    '摔',
    '危险',
    '掉下去',
  ],
}

/** The reach that holds for a category. */
export function reachOf(policy: DuplicatePolicy, category: string | undefined): DuplicateReach {
  const fits = (codes: readonly string[]) =>
    Math.max(-1, ...codes.filter((c) => category?.startsWith(c)).map((c) => c.length))
  const [closest] = policy.byCategory
    .map((given) => ({ given, length: fits(given.category) }))
    .filter((g) => g.length >= 0)
    .sort((x, y) => y.length - x.length)
  const { withinM, withinHours, openHours, closedHours, certainHours } = { ...policy, ...closest?.given }
  return { withinM, withinHours, openHours, closedHours, certainHours }
}
