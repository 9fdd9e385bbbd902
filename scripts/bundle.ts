// `npm run bundle`: one archive a platform for machines without internet; see --help.
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { makeBundle } from './bundle/make.ts'
import { isPlatform, ownPlatform, type Platform, PLATFORMS } from './bundle/platform.ts'
import { ensureDashboard } from './runtime/dashboard.ts'
import { answerHelp } from './runtime/settings.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const NAMES = Object.keys(PLATFORMS).join(', ')

answerHelp(`
npm run bundle                              an archive for this machine's platform
npm run bundle -- --platform linux-arm64    for another one (${NAMES}; all)
npm run bundle -- --out DIR                 where to (dist/bundles)

The archive holds Node, PostgreSQL, all packages, the built pages and the documents. It needs npm and its registry here, and
nothing on the machine where it is unpacked. An archive for another processor cannot be tried here.
`)

function wanted(): { platforms: Platform[]; outDir: string } {
  try {
    const { platform = ownPlatform() ?? '', out = 'dist/bundles' } = parseArgs({
      options: { platform: { type: 'string' }, out: { type: 'string' } },
    }).values
    const outDir = resolve(process.env.INIT_CWD ?? '.', out)
    if (platform === 'all') return { platforms: Object.keys(PLATFORMS).filter(isPlatform), outDir }
    if (isPlatform(platform)) return { platforms: [platform], outDir }
    console.error(`--platform is one of ${NAMES}, all`)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
  }
  process.exit(2)
}

const { platforms, outDir } = wanted()
try {
  await ensureDashboard()
  for (const platform of platforms) {
    const say = (line: string) => console.log(`${platform}: ${line} …`)
    const { archive, sha256 } = await makeBundle({ root: ROOT, platform, outDir, say })
    const { size } = await stat(archive)
    console.log(`${archive}\n${(size / 2 ** 20).toFixed(0)} MB, sha256 ${sha256}`)
    if (platform !== ownPlatform()) console.log(`Not tried: this machine cannot run ${platform}.`)
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
