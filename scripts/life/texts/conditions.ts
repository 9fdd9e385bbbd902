// Which filing condition a sentence means, read from its words as the duty manager would read it. What no word decides is
// filed under the category's default.

type Rule = readonly [RegExp, number]

const COVER: readonly Rule[] = [
  [/弹跳|异响|翻起/, 3],
  [/沉陷|凸起|高差/, 4],
  [/破损|缺角/, 2],
]

const RULES: Readonly<Record<string, readonly Rule[]>> = {
  E0101: [[/建成/, 2]],
  E0104: [
    [/乱写|乱涂|乱画/, 2],
    [/油污|积灰|水渍/, 3],
  ],
  E0113: [
    [/裂/, 2],
    [/坑|高差/, 3],
  ],
  E0130: [
    [/工地|泥浆/, 2],
    [/雨水井|污水井|管口/, 3],
    [/明沟/, 4],
  ],
  E0203: [[/楼顶|墙体|立柱/, 2]],
  E0299: [[/未按要求设置|应设/, 2]],
  E0301: [[/超出许可|未经许可|夜间|深夜/, 2]],
  E0302: [[/锥桶|不整齐|未连续|超过公示/, 2]],
  E0307: [
    [/没有围挡|不连续/, 2],
    [/泥污|不洁/, 3],
  ],
  E0503: [[/破损/, 2]],
  C0101: COVER,
  C0102: COVER,
  C0103: COVER,
  C0123: COVER,
  C0104: [
    [/缺失|移位/, 2],
    [/断裂|破损/, 3],
    [/弹跳|异响/, 4],
    [/沉陷|高差/, 5],
  ],
  C0127: [[/未关|不洁/, 2]],
  C0128: [[/未关|不洁/, 2]],
  C0137: [
    [/倾斜|破损|裸露|折断/, 2],
    [/未关/, 3],
  ],
  C0204: [[/倾倒/, 2]],
  C0217: [[/破损|变形|缺失/, 2]],
  C0284: [[/破损|缺失|破碎/, 2]],
  C0301: [
    [/关门|未按时/, 2],
    [/损坏|脱落|缺失/, 3],
  ],
  C0402: [
    [/枯死|遮挡/, 2],
    [/缺株/, 3],
  ],
  C0507: [[/积灰|污渍/, 2]],
}

/** Number of the condition within its category, 1 for the usual one. */
export const conditionNumber = (category: string, text: string): number =>
  RULES[category]?.find(([words]) => words.test(text))?.[1] ?? 1
