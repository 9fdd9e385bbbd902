// A city whose ladder rings 电话催办 the unit's duty phone, and the reader that writes notices, for tests.
import type { CityPack } from '#domain/city/types.ts'
import { USUAL_LADDER } from '#domain/escalation.ts'
import { cityPack, DEMO_POLICIES } from '#domain/testing/city.ts'
import { followNotices } from '#store/notices.ts'
import { type TestApi, USERS } from './api.ts'

/** The rung `ring`: half a working hour without acknowledgement; the water bureau has a duty phone. */
export function ringingPack(): CityPack {
  const pack = cityPack({
    ...DEMO_POLICIES,
    escalation: [
      ...USUAL_LADDER,
      { id: 'ring', name: '半时未签收', stage: 'acknowledge', after: '0.5工作时', do: 'call' },
    ],
  })
  const departments = pack.departments.map((d) => (d.code === 'water' ? { ...d, dutyPhone: '0000-1111' } : d))
  return { ...pack, departments, users: USERS }
}

/** What the worker's reader would do. */
export async function writeNotices(api: TestApi): Promise<void> {
  const { store, runtime } = api
  await api.project()
  const options = {
    cityFor: runtime.cityFor,
    now: () => runtime.clock.now(),
    onNew: () => runtime.signals.raise('notice'),
  }
  while ((await followNotices(store, options)) > 0);
}
