// Reasons as codes: those that rules give, and those that a person may give instead of free words. A code is a fact and
// stands in the log; anything else a person writes is private words. Packs may name further reasons in their policies.

/** Why a case waits for a decision, or for somebody: `waitsFor.reason`. Code → Chinese. */
export const WAIT_REASONS = {
  policy: '按规定由人工决定',
  'no-policy': '未设定策略',
  'outside-city': '位置在辖区外',
  'no-grid': '不在任何网格内',
  'not-managed-here': '不属本市管理范围',
  'no-category': '未分类',
  'unknown-category': '类别不在目录内',
  'no-text': '没有文字描述',
  'not-confirmed': '核实不属实',
  'confirm-task': '待核实',
  returned: '退单后待重新派遣',
  'mode-summon': '吹哨派遣由人工决定',
  'mode-claim': '认领派遣由人工决定',
  'no-unit': '无法确定责任单位',
  'component-unclear': '无法确定是哪个部件',
  'near-border': '位置临近交界',
  'possible-duplicate': '疑似重复',
  dispatched: '待签收',
  handling: '处置中',
  'return-requested': '申请退单待批',
  'extension-requested': '申请延期待批',
  'suspension-requested': '申请挂账待批',
  'check-task': '待核查',
  'check-failed': '核查不通过',
  checked: '核查通过，待结案',
  'papers-owed': '先派后补，手续待补办',
  'nobody-on-duty': '无人可派',
  'calendar-ended': '工作日历已到期',
  'unknown-condition': '立案条件不存在',
  'unknown-department': '责任单位不存在',
} as const

/** What a person may give as `reason` to be counted by. Code → Chinese. */
export const STATED_REASONS = {
  'not-in-scope': '不属受理范围',
  duplicate: '重复',
  'below-condition': '不够立案条件',
  'position-unclear': '位置不清',
  'handled-already': '已自行处置',
  'not-found': '现场未发现',
  'outside-city': '位置在辖区外',
  'not-managed-here': '不属本市管理范围',
  'not-confirmed': '核实不属实',
  'not-ours': '非本单位管养范围',
  'owner-unknown': '产权不明',
  'under-construction': '施工期由施工单位负责',
  'not-done': '未处置',
  'half-done': '处置不彻底',
  'back-again': '反弹',
  'false-reply': '虚假回复',
  'photo-mismatch': '照片与位置不符',
  'spare-parts': '配件采购',
  'bad-weather': '天气原因无法施工',
  planned: '列入改造计划',
  'planting-season': '待种植季节',
  dissatisfied: '回访不满意',
  'limit-ran-out': '任务时限已过',
} as const

export const isStatedReason = (value: unknown): boolean =>
  typeof value === 'string' && Object.hasOwn(STATED_REASONS, value)
