// Sixty categories of the demo town with their filing conditions 立案条件: 事件 events (E) and 部件 components (C).
// Wording and limits are this made-up city's own.

export interface CategoryPlan {
  code: string
  name: string
  /** Unit before zones; absent = the street office of the place, by routing.csv. */
  unit?: string
  /** Percent of filed cases. */
  share: string
  risk: string
  /** The first is the default. */
  conditions: { text: string; limit: string; close: string; photo: string }[]
}

export const MAJORS: Record<string, string> = {
  E01: '市容环境',
  E02: '宣传广告',
  E03: '施工管理',
  E04: '街面秩序',
  E05: '突发事件',
  E06: '其他事件',
  C01: '公用设施',
  C02: '道路交通设施',
  C03: '市容环境设施',
  C04: '园林绿化设施',
  C05: '其他部件',
}

/** `code name | unit | share | risk`, then a line for each condition: `text | limit | close condition | photo rule`. */
const TABLE = `
E0101 私搭乱建 | enforcement | 0.8 | normal
  违法建筑物、构筑物正在搭建 | 2紧急工作日 | 制止并恢复原状 | 拍到施工人员或材料
  违法建筑物、构筑物已经建成 | 15工作日 | 依法定程序处理
E0104 外立面不洁 | 街道 | 0.8 | normal
  墙面掉漆、脱皮 | 3工作日 | 修复
  墙面乱写乱画 | 1工作日 | 清除
  墙面油污、积灰、蛛网 | 3工作日 | 清洗
E0107 沿街晾挂 | enforcement | 3.5 | low
  在公共树木、杆线、护栏上晾挂物品 | 2紧急工作时 | 清理 | 拍到问题与周边参照物
E0110 暴露生活垃圾 | sanitation | 10 | low
  生活垃圾堆放在容器之外的公共场所 | 4工作时 | 清理干净 | 拍到问题与周边参照物
E0111 积存垃圾渣土 | 街道 | 3 | normal
  建筑、装修或混合垃圾长期堆积 | 5工作日 | 清除
E0112 道路不洁 | sanitation | 6 | low
  路面有散落垃圾、油污、积灰或淤泥 | 2工作时 | 清扫干净 | 拍到问题与周边参照物
E0113 道路破损 | municipal | 1.8 | normal
  路面破损面积达0.5平方米 | 5工作日 | 修复 | 放参照物显示尺寸
  路面开裂面积达1平方米，或裂缝长逾1米、宽3毫米 | 5工作日 | 修复
  路面坑洼，高差大于30毫米 | 5工作日 | 修复
E0114 道路遗撒 | sanitation | 0.9 | low
  运输车辆在路面遗撒 | 4工作时 | 清理
E0117 绿地脏乱 | greening | 2.5 | low
  绿地内有垃圾、枯枝或动物粪便 | 4工作时 | 清理
E0118 绿化弃料 | greening | 0.7 | low
  修剪的枝叶、泥土未及时清运 | 4工作时 | 清运
E0125 水域不洁 | water | 1.6 | normal
  水面有漂浮垃圾，或坡岸有杂草、垃圾 | 2工作日 | 打捞清除 | 拍到水面与岸线参照物
E0128 商业噪音 | police | 0.9 | normal
  以高音喇叭等招揽顾客，影响居民 | 2紧急工作时 | 制止并整改
E0129 露天烧烤 | enforcement | 0.6 | normal
  在户外公共场所烧烤 | 2紧急工作时 | 制止并清理现场
E0130 乱倒乱排污水、废水 | enforcement | 1 | normal
  沿街商户向公共场所倾倒污水 | 2工作日 | 制止并清理
  工地向外排放污水 | 2工作日 | 制止并整改
  向雨水井、污水井内乱排 | 2工作日 | 制止并整改
  明沟排水 | 1工作日 | 整改
E0135 废弃家具设备 | 街道 | 2 | normal
  家具、设备长期弃置在公共场所 | 2工作日 | 清除
E0136 乱堆物堆料 | 街道 | 7.5 | low
  未经许可在公共场所堆放物料，或许可堆放而不整齐、无防护 | 1工作日 | 清除或整改 | 拍到问题与周边参照物
E0180 线体垂落 | telecom | 1 | normal
  架空线体垂落，未断裂 | 1工作日 | 整改
E0182 河道违采、乱堆 | water | 0.3 | normal
  在河道管理范围内取土采砂、堆放物料 | 5工作日 | 制止、查处、清理
E0192 垃圾满溢 | sanitation | 3 | low
  垃圾箱、垃圾点满溢 | 4工作时 | 清运 | 拍到问题与周边参照物
E0196 私设地桩、地锁 | 街道 | 0.4 | normal
  未经许可在公共场地设置地桩、地锁 | 2工作日 | 拆除
E0201 非法小广告 | 街道 | 6 | low
  公共场所、设施上张贴、喷涂小广告 | 1工作日 | 清除 | 拍到问题与周边参照物
E0203 违规户外广告 | enforcement | 0.7 | normal
  违规灯箱、电子屏、展示牌 | 1工作日 | 拆除
  违规立柱、墙体、楼顶广告 | 5工作日 | 拆除
E0207 违规标语宣传品 | enforcement | 0.8 | normal
  擅自悬挂标语、条幅、气球 | 1工作日 | 清理
E0299 公益性宣传品 | 街道 | 0.5 | normal
  公益广告脱落、褪色、破损 | 5工作日 | 恢复
  应设公益广告而未设 | 5工作日 | 设置
E0301 施工扰民 | enforcement | 0.9 | normal
  施工噪声影响居民休息 | 2紧急工作时 | 制止
  未经许可或超出许可时段施工 | 2紧急工作时 | 制止
E0302 施工占道 | municipal | 1.2 | normal
  未经审批占用道路施工 | 1工作日 | 制止并恢复通行
  有占道手续但围护、堆放不规范 | 1工作日 | 整改
E0304 工地扬尘 | housing | 0.9 | normal
  施工无防尘措施造成扬尘 | 2工作时 | 制止并整改
E0306 施工物料乱堆放 | housing | 1.1 | normal
  物料未覆盖或侵占道路、绿地 | 1工作日 | 清理
E0307 施工工地围挡 | housing | 0.6 | normal
  围挡破损、倾倒 | 2工作日 | 修复或更换
  未设围挡或围挡不规范 | 3工作日 | 整改
  围挡不洁 | 1工作日 | 清洁
E0312 施工工地车轮夹带 | enforcement | 0.3 | normal
  车轮带泥污染路面 | 1工作日 | 清理并查处
E0401 无照经营游商 | enforcement | 3 | low
  流动摊贩在公共场所经营 | 2紧急工作时 | 劝离
E0405 店外经营 | enforcement | 8.4 | low
  商品、经营活动超出门窗之外 | 2紧急工作时 | 整改 | 拍到问题与周边参照物
E0406 占道经营 | enforcement | 4.5 | low
  占用道路、广场等买卖商品或服务 | 2紧急工作时 | 劝离
E0410 非机动车乱停放 | enforcement | 5 | low
  在泊位之外停放，影响通行 | 2工作时 | 规范停放 | 拍到问题与周边参照物
E0490 机动车违停（自定义） | traffic | 3.6 | normal
  机动车在泊位之外停放，影响通行 | 2紧急工作时 | 驶离或处罚 | 拍到车身与道路标线，号牌不公开
E0493 共享单车管理 | enforcement | 1.2 | low
  共享单车未在规定区域停放 | 2工作时 | 规范停放
  共享单车损坏、脏污 | 1工作日 | 维护或回收
E0496 占用消防通道 | fire | 0.6 | normal
  占用、堵塞消防通道 | 2工作时 | 清理
E0498 农贸市场管理 | market | 0.7 | normal
  市场内脏乱，或超区域经营 | 2工作日 | 整改
E0501 供水管道破裂 | watersupply | 0.3 | urgent
  供水管道跑冒、路面溢水 | 1紧急工作时 | 止水，消除隐患 | 拍到漏点与影响范围
  供水管道破裂造成路面塌陷 | 5工作日 | 修复
E0502 燃气管道破裂 | gas | 0.05 | urgent
  燃气泄漏、停气、着火或爆炸 | 1紧急工作时 | 消除隐患，围护 | 在警戒线外拍摄
  燃气管道破裂造成路面塌陷 | 5工作日 | 修复
E0503 排水管道堵塞、破裂 | municipal | 0.9 | normal
  排水不畅，雨污水外溢 | 4工作时 | 疏通
  管道破损，污水横流或有塌陷隐患 | 1紧急工作时 | 消除隐患
E0505 路面塌陷 | municipal | 0.2 | urgent
  路面塌陷、下沉，影响通行安全 | 2紧急工作时 | 围护并消除隐患 | 拍到塌陷范围与围护
E0506 道路积水 | municipal | 0.4 | urgent
  积水逾100平方米且深过15厘米 | 2紧急工作时 | 排除积水
E0508 架空线缆脱落 | telecom | 0.15 | urgent
  线缆断裂、下坠，危及安全 | 2工作时 | 修复
E0604 门前四包 | enforcement | 1 | low
  门前卫生、秩序、绿化、设施不符合责任书 | 4工作时 | 整改
C0101 上水井盖 | watersupply | 0.3 | urgent
  井盖缺失、移位或开裂，危及通行 | 2紧急工作时 | 恢复井盖或围护后更换 | 拍到井口与警示措施
  井盖破损面积大于25平方厘米 | 4工作时 | 更换或修复
  井盖弹跳异响、翻盖 | 2工作日 | 更换或修复
  井周路面沉陷或凸起，高差大于2厘米 | 5工作日 | 修复井周路面
C0102 污水井盖 | municipal | 0.6 | urgent
  井盖缺失、移位或开裂，危及通行 | 2紧急工作时 | 恢复井盖或围护后更换 | 拍到井口与警示措施
  井盖破损面积大于25平方厘米 | 4工作时 | 更换或修复
  井盖弹跳异响、翻盖 | 2工作日 | 更换或修复
  井周路面沉陷或凸起，高差大于2厘米 | 5工作日 | 修复井周路面
C0103 雨水井盖 | municipal | 0.8 | urgent
  井盖缺失、移位或开裂，危及通行 | 2紧急工作时 | 恢复井盖或围护后更换 | 拍到井口与警示措施
  井盖破损面积大于25平方厘米 | 4工作时 | 更换或修复
  井盖弹跳异响、翻盖 | 2工作日 | 更换或修复
  井周路面沉陷或凸起，高差大于2厘米 | 5工作日 | 修复井周路面
C0104 雨水箅子 | municipal | 0.7 | normal
  堵塞面积达三分之一 | 1工作日 | 疏通
  缺失、移位或开裂，危及通行 | 2紧急工作时 | 恢复
  破损面积大于25平方厘米 | 4工作时 | 更换或修复
  弹跳异响、翻起 | 2工作日 | 更换或修复
  周边路面沉陷或凸起，高差大于2厘米 | 5工作日 | 修复
C0123 不明井盖 | 街道 | 0.2 | urgent
  井盖缺失、移位或开裂，危及通行 | 2紧急工作时 | 恢复井盖或围护后更换 | 拍到井口与警示措施
  井盖破损面积大于25平方厘米 | 4工作时 | 更换或修复
  井盖弹跳异响、翻盖 | 2工作日 | 更换或修复
  井周路面沉陷或凸起，高差大于2厘米 | 5工作日 | 修复井周路面
C0127 通讯交接箱 | telecom | 0.4 | normal
  箱体或附件破损、缺失、倾斜、锈蚀 | 2工作日 | 更换或修复
  箱门未关或外观不洁 | 1工作日 | 恢复
C0128 电力设施 | power | 0.2 | normal
  箱体、护栏破损、变形、倾斜 | 4工作日 | 更换或修复
  箱门未关或外观不洁 | 1工作日 | 恢复
C0137 路灯 | municipal | 1 | normal
  单盏不亮 | 2工作日 | 更换或修复 | 拍到灯杆编号
  灯杆倾斜、折断，灯具破损或电线裸露 | 1工作日 | 更换、修复或拆除
  未按时启闭 | 2工作时 | 纠正
C0204 公交站亭 | transport | 0.4 | normal
  站亭破损、缺失、变形、锈蚀 | 5工作日 | 修复或更换
  站亭倾倒、折断 | 1工作日 | 恢复或更换
C0217 交通护栏 | traffic | 0.8 | normal
  护栏移位、排列不齐 | 1工作日 | 恢复
  护栏破损、变形 | 3工作日 | 修复或更换
C0284 人行道 | municipal | 0.9 | normal
  地砖松动、拱起、沉陷 | 7工作日 | 修复
  地砖破损、缺失，面积达50×50厘米 | 5工作日 | 修复
C0301 公共厕所 | sanitation | 0.4 | normal
  环境脏乱、异味明显 | 1工作日 | 清洁
  未按时开放，或缺少管理服务 | 4工作时 | 恢复
  设施破损、缺失 | 3工作日 | 修复
C0305 垃圾箱 | sanitation | 0.9 | low
  箱体倾倒、不洁或未按位置摆放 | 1工作日 | 恢复
  箱体破损、缺失、锈蚀 | 3工作日 | 修复
C0402 行道树 | greening | 0.8 | normal
  倒伏、倾斜、断枝 | 1工作日 | 清理或支护
  枯死，或遮挡影响通行 | 2工作日 | 清理或修剪
  缺株 | 15工作日 | 补种
C0507 水域护栏 | water | 0.3 | normal
  护栏缺失、倾倒、破损、锈蚀 | 3工作日 | 更换或修复
  护栏积灰、污渍 | 1工作日 | 清洁
`

export const CATEGORIES: readonly CategoryPlan[] = (() => {
  const categories: CategoryPlan[] = []
  for (const line of TABLE.split('\n').filter((l) => l.trim() !== '')) {
    const [first = '', second = '', third = '', fourth = ''] = line.split('|').map((cell) => cell.trim())
    if (line.startsWith(' ')) {
      categories.at(-1)?.conditions.push({ text: first, limit: second, close: third, photo: fourth })
      continue
    }
    const [code = '', name = ''] = first.split(' ')
    categories.push({
      code,
      name,
      ...(second === '街道' ? {} : { unit: second }),
      share: third,
      risk: fourth,
      conditions: [],
    })
  }
  return categories
})()
