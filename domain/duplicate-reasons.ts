// What speaks for two reports being one matter and what against it, in words that the operator's desk shows. Any doubt
// leaves the decision to a person.
import { HOUR_MS } from './days.ts'
import type { Comparison } from './duplicate.ts'
import type { DuplicatePolicy } from './duplicate-policy.ts'
import { durationText, type Finding, finding } from './finding.ts'

export type DuplicateReason =
  // For.
  | 'near'
  | 'same-component'
  | 'same-photo'
  | 'similar-photo'
  | 'same-number'
  | 'same-words'
  | 'named-by-reporter'
  // Against, or in doubt.
  | 'other-category'
  | 'no-category'
  | 'other-place'
  | 'other-shop'
  | 'other-component'
  | 'other-defect'
  | 'more-danger'
  | 'same-reporter'
  | 'ended'
  | 'long-ago'
  | 'several'

type Reasons = Finding<DuplicateReason>[]

/** Who reported it was shown that case and said so. */
export const namedByReporter = (): Finding<DuplicateReason> =>
  finding('named-by-reporter', 'its reporter says that it is the same matter', '上报人认为是同一问题')

export function groundsOf(c: Comparison): Reasons {
  const { likeness, places } = c
  const metres = Math.round(c.metres)
  const percent = Math.round(likeness.share * 100)
  const { en, zh } = durationText(c.apart)
  const list: Reasons = [
    finding('near', `${metres} m and ${en} apart`, `相距${metres}米，相隔${zh}`, {
      metres,
      hours: Math.round(c.apart / HOUR_MS),
    }),
  ]
  if (c.component === 'same') {
    const code = c.report.component ?? ''
    list.push(finding('same-component', `the same component ${code}`, `同一部件${code}`))
  }
  if (c.isSamePhoto) list.push(finding('same-photo', 'the same picture', '照片相同'))
  if (c.earlier.photo === 'similar') list.push(finding('similar-photo', 'similar pictures', '照片相似'))
  if (places.agree.length > 0)
    list.push(
      finding(
        'same-number',
        `both say ${places.agree.map(upper).join(', ')}`,
        `都写明${places.agree.map(upper).join('、')}`,
      ),
    )
  if (likeness.share >= c.policy.offeredShare)
    list.push(
      finding(
        'same-words',
        `${percent} % of the words are the same, e.g. “${likeness.piece}”`,
        `文字有${percent}%相同，如“${likeness.piece}”`,
        { percent, piece: likeness.piece },
      ),
    )
  return list
}

const upper = (words: string) => words.toUpperCase()

export function doubtsOf(c: Comparison): Reasons {
  const { report, earlier, places, policy } = c
  const list: Reasons = []
  const add = (code: DuplicateReason, en: string, zh: string) => list.push(finding(code, en, zh))
  if (c.category === 'confusable')
    add('other-category', 'a category that is taken for it', '类别不同，但易混淆')
  if (c.category === 'unknown') add('no-category', 'one of them has no category', '其中一件未分类')
  for (const { what, words } of places.differ)
    if (what === 'shop') add('other-shop', `the shops differ: ${words}`, `店铺不同：${words}`)
    else add('other-place', `the places differ: ${upper(words)}`, `位置不同：${upper(words)}`)
  if (c.component === 'other') add('other-component', 'another component', '部件不同')
  if (defectsDiffer(report.text, earlier.text, policy)) add('other-defect', 'another damage', '损坏情况不同')
  const danger = policy.danger.find((w) => report.text.includes(w) && !earlier.text.includes(w))
  if (danger !== undefined)
    add('more-danger', `the new report speaks of danger: “${danger}”`, `新上报提到险情：“${danger}”`)
  if (c.isOneReporter && !c.isSamePhoto)
    add('same-reporter', 'the same person reported both', '两件由同一人上报')
  if (!c.isOpen) {
    const { en, zh } = durationText(c.sinceEnd)
    const was =
      earlier.status === 'rejected' ? { en: 'turned down', zh: '不予受理' } : { en: 'closed', zh: '结案' }
    if (c.sinceEnd < 0) add('ended', `seen before that case was ${was.en}`, `发现时间早于该案${was.zh}`)
    else add('ended', `that case was ${was.en} ${en} before`, `该案已于${zh}前${was.zh}`)
  }
  // What bears a number stays the same thing as long as it is broken.
  const isSameThing = c.component === 'same' || c.isNumbered
  if (c.apart > c.reach.certainHours * HOUR_MS && !isSameThing) {
    const { en, zh } = durationText(c.apart)
    add('long-ago', `${en} apart`, `相隔${zh}`)
  }
  return list
}

export const severalCases = (cases: number): Finding<DuplicateReason> =>
  finding('several', `fits ${cases} cases`, `与${cases}个案件都相符`, { cases })

function defectsDiffer(a: string, b: string, { defects }: DuplicatePolicy): boolean {
  const of = (text: string) => defects.flatMap((words, i) => (words.some((w) => text.includes(w)) ? [i] : []))
  const [x, y] = [of(a), of(b)]
  return x.length > 0 && y.length > 0 && !x.some((i) => y.includes(i))
}
