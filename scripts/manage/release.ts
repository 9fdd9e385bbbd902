// Releases of an installation: copied whole or not at all, verified first, and at most two kept.
import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type BundleVersion, releaseName } from '../bundle/about.ts'
import { SUMS, sumFaults } from '../bundle/sums.ts'
import { currentRelease, type Place } from './place.ts'

const SHOWN = 10

/** @throws when the bundle is damaged or incomplete. */
export async function verifyBundle(bundle: string): Promise<void> {
  const faults = await sumFaults(bundle)
  if (faults.length === 0) return
  const more = faults.length > SHOWN ? [`and ${faults.length - SHOWN} more`] : []
  throw new Error(
    ['This bundle is damaged; copy and unpack it again:', ...faults.slice(0, SHOWN), ...more].join('\n  '),
  )
}

export async function aboutBundle(bundle: string): Promise<BundleVersion & { release: string }> {
  const about = JSON.parse(await readFile(join(bundle, 'version.json'), 'utf8')) as BundleVersion
  return { ...about, release: releaseName(about.version, await readFile(join(bundle, SUMS), 'utf8')) }
}

/** @returns the folder of the release */
export async function copyRelease(bundle: string, place: Place, release: string): Promise<string> {
  const folder = join(place.releases, release)
  const draft = `${folder}.part`
  await mkdir(place.releases, { recursive: true, mode: 0o755 })
  await rm(draft, { recursive: true, force: true })
  await rm(folder, { recursive: true, force: true })
  for (const name of await topsOf(bundle))
    await cp(join(bundle, name), join(draft, name), { recursive: true, verbatimSymlinks: true })
  await rename(draft, folder)
  return folder
}

/** What belongs to the bundle at its top; a trial's `data` folder does not. */
async function topsOf(bundle: string): Promise<string[]> {
  const sums = await readFile(join(bundle, SUMS), 'utf8')
  const tops = sums
    .split('\n')
    .filter(Boolean)
    .map((line) => line.slice(66).split('/', 1)[0] ?? '')
  return [...new Set([...tops, SUMS])]
}

/** Removes every release but the one in use and `others`. */
export async function pruneReleases(place: Place, others: readonly string[]): Promise<void> {
  const current = await currentRelease(place)
  for (const name of await readdir(place.releases))
    if (name !== current && !others.includes(name))
      await rm(join(place.releases, name), { recursive: true, force: true })
}
