// The letter 函 to whoever manages land that no unit of the city does: what was reported, where, and what is asked. A draft;
// the desk sends it. In Chinese, as such letters are.
import type { CaseState } from './case.ts'
import { isoWithOffset } from './city-time.ts'
import type { City, Zone } from './city/types.ts'

export interface Letter {
  to: string
  title: string
  text: string
}

/** @param description what the reporter wrote; left out when erased */
export function letterAbout(
  state: Pick<CaseState, 'receiptNo' | 'category' | 'position' | 'areaPath' | 'reportedAt'>,
  zone: Pick<Zone, 'name'>,
  description: string | undefined,
  city: City,
): Letter {
  const { name, centreName, timeZone } = city.pack
  const category = state.category === undefined ? undefined : city.categories.get(state.category)
  const matter = category?.name ?? '城市管理问题'
  const day = (at: number) => {
    const [date = '', time = ''] = isoWithOffset(at, timeZone).split('T')
    const [year, month, date2] = date.split('-').map(Number)
    return `${year}年${month}月${date2}日${time.slice(0, 5)}`
  }
  const place = state.areaPath.map((code) => city.areas.get(code)?.name ?? code).join('')
  const { lng, lat } = state.position
  const what = description?.trim() ? `反映：${description.trim()}` : ''
  return {
    to: `${zone.name}管理单位`,
    title: `关于${zone.name}${matter}问题的函`,
    text: [
      `${zone.name}管理单位：`,
      `我中心于${day(state.reportedAt)}收到上报（受理编号${state.receiptNo}），${zone.name}范围内存在“${matter}”问题。${what}`,
      `位置：${name}${place}，经度${lng.toFixed(6)}，纬度${lat.toFixed(6)}（WGS-84）。`,
      '经核对，该处属贵单位管理范围，本市各单位均不管养。请予核实处置，并将结果函复我中心。',
      centreName,
    ].join('\n'),
  }
}
