// What people write. Places come from the loaded city; words from here.
import { pick } from './dice.ts'

const REPORTS: Record<string, readonly string[]> = {
  E0110: [
    '{place}路边有一堆生活垃圾，约两袋',
    '{place}墙角堆放生活垃圾，有异味',
    '{place}树池内有少量生活垃圾',
  ],
  E0112: ['{place}路面有泥水和落叶未清扫', '{place}人行道上有大量纸屑烟头'],
  E0111: ['{place}空地有建筑渣土一堆，约1立方米'],
  E0117: ['{place}绿地内有白色垃圾'],
  E0125: ['{place}水面漂浮垃圾，约3平方米', '{place}渠边有少量生活垃圾漂浮'],
  E0136: ['{place}门前乱堆纸箱杂物，占用通道', '{place}楼下堆放旧木板'],
  E0135: ['{place}路边有废弃沙发一组'],
  E0107: ['{place}沿街树上拉绳晾晒被褥'],
  E0113: ['{place}路面有坑洞，直径约40厘米', '{place}沥青路面开裂下沉'],
  E0180: ['{place}通讯线缆垂落，离地不足2米'],
  E0192: ['{place}垃圾桶满溢，周边散落'],
  E0201: ['{place}电线杆上张贴小广告多处', '{place}楼道口喷涂小广告'],
  E0405: ['{place}早餐店出店经营，占用盲道', '{place}水果店货架摆到人行道上'],
  E0401: ['{place}流动摊贩占道卖菜'],
  E0406: ['{place}三轮车占道经营，影响通行'],
  E0410: ['{place}电动车乱停放，堵住人行道'],
  E0490: ['{place}小车违停在人行道上'],
  E0304: ['{place}工地未洒水，扬尘较大'],
  E0306: ['{place}工地砂石堆放在围挡外'],
  E0506: ['{place}下穿路段积水，深约20厘米'],
  E0503: ['{place}污水从检查井外溢'],
  C0103: ['{place}雨水井盖破损，已放警示桩', '{place}雨水井盖移位'],
  C0104: ['{place}雨水箅子缺失，已放警示桩'],
  C0137: ['{place}路灯单盏不亮'],
  C0284: ['{place}人行道地砖松动破损'],
  C0402: ['{place}行道树枝干断裂下垂'],
}

/** A report's text for a category at a named place. */
export const reportText = (code: string, name: string, place: string, seed: string) =>
  pick(REPORTS[code] ?? [`{place}附近发现${name}问题`], seed, 'text').replace('{place}', place)

export const ADDRESS_DETAIL = ['东侧约20米', '路口', '西门', '对面', '公交站旁', '北侧', '巷口'] as const
/** Answers of a unit, by what the category is about: major of an event, or any component. */
const REPLIES: Record<string, readonly string[]> = {
  E01: ['已安排人员清理完毕，现场恢复整洁', '已清运，现场已冲洗'],
  E02: ['已清除，墙面已恢复', '已拆除'],
  E03: ['已责令施工单位整改，现场已规范', '已落实洒水降尘'],
  E04: ['已劝导入店经营，通道恢复畅通', '已劝离，现场已整改到位'],
  E05: ['已抢修完毕，通行恢复正常', '险情已排除，现场已清理'],
  C: ['已修复，使用正常', '已更换新件，周边已清理'],
}

export const replyText = (category: string, seed: string) =>
  pick(REPLIES[category.slice(0, 3)] ?? REPLIES[category.slice(0, 1)] ?? ['已处理完毕'], seed, 'reply')
export const RETURN_REASONS = ['经现场核对，该处非我单位管养范围', '产权不明，建议由属地先行处置'] as const
export const FAIL_REASONS = ['现场仍有残留，处理不彻底', '问题依旧存在，未见处置'] as const
export const REJECT_REASONS = ['不属受理范围', '位置不清，无法核实'] as const
