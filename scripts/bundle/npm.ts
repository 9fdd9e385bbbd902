// npm as a bundle needs it: the packages of the lock file for another platform, the Node runtime, the list of parts.
// Nothing that a package brings is run.
import { execFile } from 'node:child_process'
import { cp, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Lock } from './packages.ts'
import { type Platform, PLATFORMS } from './platform.ts'

const run = promisify(execFile)
const MOST_OUTPUT = 64 * 1024 * 1024

/** @throws with npm's own words. */
async function npm(cwd: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run('npm', [...args, '--prefer-offline', '--no-audit', '--no-fund'], {
      cwd,
      maxBuffer: MOST_OUTPUT,
    })
    return stdout
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string }
    throw new Error(`npm ${args[0]} failed:\n${(stderr || message).trim().split('\n').slice(-15).join('\n')}`)
  }
}

/** Fills `stage` with the production packages of `root`'s lock file. @returns the lock file's list */
export async function fetchPackages(root: string, stage: string, platform: Platform): Promise<Lock> {
  await mkdir(stage, { recursive: true })
  for (const file of ['package.json', 'package-lock.json', '.npmrc'])
    await cp(join(root, file), join(stage, file))
  const { os, cpu, libc } = PLATFORMS[platform]
  await npm(stage, ['ci', '--omit=dev', '--ignore-scripts', `--os=${os}`, `--cpu=${cpu}`, `--libc=${libc}`])
  const { packages } = JSON.parse(await readFile(join(stage, 'package-lock.json'), 'utf8')) as {
    packages: Lock
  }
  return packages
}

/** The Node that package-lock.json pins, unpacked. @returns its folder, with `bin/node` and `LICENSE` */
export async function fetchRuntime(stage: string, platform: Platform, version: string): Promise<string> {
  const into = join(stage, 'runtime')
  await mkdir(into, { recursive: true })
  // npm checks what it gets against the registry's digest.
  const packed = await npm(stage, [
    'pack',
    `node-${platform}@${version}`,
    '--json',
    `--pack-destination=${into}`,
  ])
  const listed = JSON.parse(packed) as { filename: string }[] | Record<string, { filename: string }>
  const filename = Object.values(listed)[0]?.filename
  if (filename === undefined) throw new Error(`npm has no Node ${version} for ${platform}`)
  await run('tar', ['-xzf', join(into, filename), '-C', into])
  return join(into, 'package')
}

/** CycloneDX, of everything in the lock file that is not for developers. */
export async function listOfParts(stage: string): Promise<string> {
  return npm(stage, ['sbom', '--sbom-format=cyclonedx', '--omit=dev', '--package-lock-only'])
}
