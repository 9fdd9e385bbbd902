// Vite plugin: finds out which files the phone pages need, and builds the service worker that keeps them on the phone
// (dashboard/src/offline/worker). Only those pages' files: the wall's are never kept.
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { build, type Plugin, type Rolldown } from 'vite'

const ENTRY = fileURLToPath(new URL('../src/offline/worker/phone-worker.ts', import.meta.url))
/** Modules of the pages that open without a network, and of where they send who has to log in again. */
const PAGES = [
  /pages\/report\/report-page\.tsx$/,
  /pages\/check\/check-page\.tsx$/,
  /pages\/track\/track-page\.tsx$/,
]
const BESIDE = [/pages\/login-page\.tsx$/]
/** Chosen by a token that is not there without a network. */
const NEVER = /mapbox/i
const BESIDE_FILES = ['/icon.svg', '/app/icon-192.png', '/app/report.webmanifest', '/app/check.webmanifest']

type Chunk = Rolldown.OutputChunk & { viteMetadata?: { importedCss: Set<string> } }

/** The chunk, all that it imports at once, and their styles. */
function whole(chunk: Chunk, chunks: ReadonlyMap<string, Chunk>, into: Set<string>): void {
  if (into.has(chunk.fileName)) return
  into.add(chunk.fileName)
  for (const css of chunk.viteMetadata?.importedCss ?? []) into.add(css)
  for (const name of chunk.imports) {
    const imported = chunks.get(name)
    if (imported) whole(imported, chunks, into)
  }
}

/** @throws when a page is not where it is looked for: it would silently not open without a network. */
export function shellOf(output: Iterable<Chunk>): { entry: string; first: string[]; later: string[] } {
  const chunks = new Map([...output].map((c) => [c.fileName, c]))
  const entry = [...chunks.values()].find((c) => c.isEntry)
  if (!entry) throw new Error('the build has no entry')
  const pageOf = (pattern: RegExp) => {
    const found = [...chunks.values()].find((c) => c.facadeModuleId && pattern.test(c.facadeModuleId))
    if (!found) throw new Error(`no chunk of the build is the phone page ${pattern}`)
    return found
  }
  const pages = PAGES.map(pageOf)
  const first = new Set<string>()
  for (const chunk of [entry, ...pages, ...BESIDE.map(pageOf)]) whole(chunk, chunks, first)
  const later = new Set<string>()
  const seen = new Set<string>([entry.fileName])
  const follow = (name: string) => {
    const chunk = chunks.get(name)
    if (!chunk || seen.has(name) || NEVER.test(name)) return
    seen.add(name)
    whole(chunk, chunks, later)
    for (const next of [...chunk.imports, ...chunk.dynamicImports]) follow(next)
  }
  for (const page of pages) follow(page.fileName)
  return {
    entry: entry.fileName,
    first: [...first].sort(),
    later: [...later].filter((name) => !first.has(name) && !NEVER.test(name)).sort(),
  }
}

export function phoneShell(): Plugin {
  return {
    name: 'phone-shell',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const chunks = Object.values(bundle).filter((c): c is Chunk => c.type === 'chunk')
        const { entry, first, later } = shellOf(chunks)
        const paths = {
          first: [...first.map((f) => `/${f}`), ...BESIDE_FILES],
          later: later.map((f) => `/${f}`),
        }
        const version = createHash('sha256').update(JSON.stringify(paths)).digest('hex').slice(0, 12)
        const built = await build({
          configFile: false,
          logLevel: 'warn',
          define: { PHONE_SHELL: JSON.stringify({ version, entry, ...paths }) },
          build: {
            write: false,
            copyPublicDir: false,
            lib: { entry: ENTRY, formats: ['iife'], name: 'phoneWorker', fileName: () => 'phone-worker.js' },
          },
        })
        const [output] = Array.isArray(built) ? built : [built]
        const worker = output && 'output' in output ? output.output[0] : undefined
        if (!worker) throw new Error('the service worker was not built')
        this.emitFile({ type: 'asset', fileName: 'phone-worker.js', source: worker.code })
      },
    },
  }
}
