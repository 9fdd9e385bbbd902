// What is downloaded can be loaded again: the same pack, whatever it holds.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { CityPack } from '#domain/city/types.ts'
import { readPack } from '../read-pack.ts'
import { packInZip, zipOf } from '../zip.ts'
import { packFiles } from './files.ts'

const CITIES = join(import.meta.dirname, '../../cities')
const TODAY = '2026-11-20'

/** As it is stored. */
const stored = ({ users, ...rest }: CityPack) =>
  JSON.parse(JSON.stringify({ ...rest, users: users.map(({ password: _, ...u }) => u) })) as CityPack

test.each(['sample', 'demo'])('%s comes back as it was', async (city) => {
  const { pack } = await readPack(join(CITIES, city), { today: TODAY })
  if (!pack) throw new Error('the city has faults')
  const again = await readPack(packInZip(zipOf(packFiles(stored(pack)))), { today: TODAY })
  expect(again.faults).toEqual([])
  expect(again.pack && stored(again.pack)).toEqual(stored(pack))
})
