// Chinese words that a table may use in place of the format's own keys: posts, sources, risks and the like.
import type { Post, Source } from '#domain/case.ts'
import type { Category } from '#domain/city/types.ts'

export type Words<K extends string> = Readonly<Record<K, readonly [string, ...string[]]>>

export const POST_WORDS: Words<Post> = {
  admin: ['系统管理员', '管理员'],
  'system-admin': ['三员系统管理员'],
  'security-admin': ['安全管理员', '安全保密管理员'],
  auditor: ['审计管理员', '安全审计员'],
  'duty-manager': ['值班长'],
  operator: ['受理员', '坐席', '座席'],
  dispatcher: ['派遣员'],
  supervisor: ['网格监督员', '监督员'],
  'grid-member': ['网格员', '采集员'],
  evaluator: ['考核员'],
  head: ['中心主任'],
  leader: ['分管领导', '领导'],
  'department-officer': ['部门经办', '经办人', '经办员'],
  handler: ['处置人员', '处置员'],
  display: ['大屏'],
}

export const SOURCE_WORDS: Words<Source> = {
  grid: ['网格', '网格员'],
  citizen: ['公众', '市民'],
  hotline: ['热线'],
  camera: ['视频'],
  sensor: ['传感器'],
  leader: ['领导交办', '领导'],
  media: ['媒体'],
  department: ['部门'],
  open311: ['Open311'],
  import: ['导入'],
}

export const RISK_WORDS: Words<Category['risk']> = {
  low: ['低'],
  normal: ['一般', '中', '普通'],
  urgent: ['紧急', '急', '高', '急要件'],
}

/** The key that a cell means, by key or Chinese word. */
export function keyMeant<K extends string>(text: string, words: Words<K>): K | undefined {
  const keys = Object.keys(words) as K[]
  return keys.find((k) => k === text) ?? keys.find((k) => words[k].includes(text))
}

/** `admin（系统管理员）、…` for faults that list what is possible. */
export const keysWithWords = <K extends string>(words: Words<K>): string =>
  (Object.keys(words) as K[]).map((k) => `${k}（${words[k][0]}）`).join('、')
