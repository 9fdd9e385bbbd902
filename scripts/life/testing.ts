// The demo city for tests of the life in it, read and checked from its folder once a spec file.
import { fileURLToPath } from 'node:url'
import { compileCity } from '#domain/city/compile.ts'
import type { City, CityPack } from '#domain/city/types.ts'
import { readPack } from '#pack/read-pack.ts'
import { openTown, type Town } from './town.ts'

const DEMO = fileURLToPath(new URL('../../cities/demo', import.meta.url))

export interface DemoCity {
  pack: CityPack
  city: City
  town: Town
}

let read: Promise<DemoCity> | undefined

export function demoCity(): Promise<DemoCity> {
  read ??= (async () => {
    const { pack, faults } = await readPack(DEMO)
    if (!pack) throw new Error(`the demo city has faults: ${faults[0]?.message}`)
    return { pack, city: compileCity(pack, 1), town: openTown(pack) }
  })()
  return read
}
