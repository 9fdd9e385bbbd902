// The demo's clock when a process starts: set as asked, left as it was otherwise, and refused where a log with made-up
// times would go on as a real city's.
import { isWorlds } from '#domain/demo-clock.ts'
import { currentCity } from '#store/city.ts'
import type { Config } from '#store/config.ts'
import { changeDemo, demoNow, readDemo } from '#store/demo.ts'
import type { Store } from '#store/open.ts'
import { span } from '../demo/span.ts'

/** @throws with advice when this log's clock was changed in a demo and this is none. */
export async function refuseMadeUpTime(store: Store, config: Pick<Config, 'demo'>): Promise<void> {
  const state = await readDemo(store)
  if (config.demo || isWorlds(state.clock)) return
  const ahead = span(demoNow(state).aheadMs)
  throw new Error(
    [
      `This log’s clock was changed in a demo (×${state.clock.rate}${ahead === '' ? '' : `, ${ahead} ahead of the world`}): its times are made up.`,
      'It cannot go on as a real city’s. Start it with DEMO=1, or begin with an empty DATA_DIR or database.',
    ].join('\n'),
  )
}

/**
 * Before anything goes by the clock. @param note is told where the clock stands, when that is not the world's.
 * @throws as refuseMadeUpTime, and when a pace is asked for in a city that is no demo.
 */
export async function settleClock(
  store: Store,
  config: Pick<Config, 'demo' | 'demoClock'>,
  note: (line: string) => void,
): Promise<void> {
  await refuseMadeUpTime(store, config)
  const { demoClock } = config
  if (demoClock !== undefined) {
    const city = await currentCity(store)
    if (city !== undefined && city.pack.demo !== true)
      throw new Error(`--clock is for demos, and ${city.pack.name} says of itself that it is none.`)
    await changeDemo(store, { rate: demoClock })
  }
  const state = await readDemo(store)
  if (isWorlds(state.clock)) return
  const ahead = span(demoNow(state).aheadMs)
  note(`demo clock 演示时钟 ×${state.clock.rate}${ahead === '' ? '' : `, ${ahead} ahead of the world`}`)
}
