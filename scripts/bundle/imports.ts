// What the modules of a tree ask for: which files they reach, which packages, and what of it is not there. Reads the text
// of our own sources, where every specifier is a literal; it runs nothing.
import { readFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { dirname, join, normalize } from 'node:path'

export interface Reached {
  /** Files relative to the root. */
  files: Set<string>
  packages: Set<string>
  /** One sentence each. */
  faults: string[]
}

// `import type` and `export type` are gone when it runs.
const STATIC = /^\s*(?:import|export)\s+(?!type\s)(?:[\w*{}\s,$]*?\sfrom\s+)?'([^']+)'/gm
const DYNAMIC = /\bimport\(\s*'([^']+)'\s*\)/g
const BESIDE = /new URL\(\s*['`]([^'`$]+)['`],\s*import\.meta\.url\)/g

const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((m) => m[1] ?? '')

/** `@scope/name` or `name` of a specifier. */
export const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

/**
 * @param tree every file of the tree, relative to `root`
 * @param imports `#name/*` of package.json
 */
export async function reach(
  root: string,
  entries: readonly string[],
  tree: ReadonlySet<string>,
  imports: Record<string, string>,
): Promise<Reached> {
  const reached: Reached = { files: new Set(), packages: new Set(), faults: [] }
  const isThere = (path: string) => tree.has(path) || [...tree].some((f) => f.startsWith(`${path}/`))
  const todo = [...entries]
  for (let file = todo.pop(); file !== undefined; file = todo.pop()) {
    if (reached.files.has(file)) continue
    if (!tree.has(file)) {
      reached.faults.push(`${file} is missing`)
      continue
    }
    reached.files.add(file)
    if (!/\.(ts|mjs)$/.test(file)) continue
    const text = await readFile(join(root, file), 'utf8')
    const beside = (path: string) => normalize(join(dirname(file as string), path)).replace(/\/$/, '')
    for (const specifier of [...found(text, STATIC), ...found(text, DYNAMIC)]) {
      const alias = Object.entries(imports).find(([name]) => specifier.startsWith(name.replace('*', '')))
      if (specifier.startsWith('.')) todo.push(beside(specifier))
      else if (alias) todo.push(normalize(alias[1].replace('*', specifier.slice(alias[0].length - 1))))
      else if (specifier.startsWith('#')) reached.faults.push(`${file}: ${specifier} is not in package.json`)
      else if (!isBuiltin(specifier)) reached.packages.add(packageOf(specifier))
    }
    for (const path of found(text, BESIDE).map(beside))
      if (!/^(\.|node_modules)/.test(path) && !isThere(path))
        reached.faults.push(`${file} reads ${path}, which is missing`)
  }
  return reached
}
