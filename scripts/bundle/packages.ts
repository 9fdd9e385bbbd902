// Which packages a bundle carries: those that production imports and all that these need in turn. What only the pages
// need is compiled into dashboard/dist and stays behind.
export interface Locked {
  version: string
  dev?: boolean
  devOptional?: boolean
  license?: string
  integrity?: string
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  peerDependenciesMeta?: Record<string, { optional?: boolean }>
}

/** `packages` of package-lock.json: a folder below the root, e.g. `node_modules/a/node_modules/b`. */
export type Lock = Readonly<Record<string, Locked>>

/** The folder that `name` is found in by a module of the package in `from`. */
function resolve(lock: Lock, from: string, name: string): string | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules') - 1))) {
    const folder = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`
    if (lock[folder]) return folder
    if (at === '') return undefined
  }
}

export interface Chosen {
  /** Folders, sorted. */
  folders: string[]
  /** Packages that are asked for and locked nowhere. */
  missing: string[]
}

/** @param roots names that are imported from the root of the tree */
export function choosePackages(lock: Lock, roots: Iterable<string>): Chosen {
  const folders = new Set<string>()
  const missing = new Set<string>()
  const todo: { from: string; name: string; isOptional: boolean }[] = []
  for (const name of roots) todo.push({ from: '', name, isOptional: false })
  for (let next = todo.pop(); next; next = todo.pop()) {
    const folder = resolve(lock, next.from, next.name)
    if (folder === undefined) {
      if (!next.isOptional) missing.add(next.name)
      continue
    }
    if (folders.has(folder)) continue
    folders.add(folder)
    const { dependencies = {}, optionalDependencies = {}, ...entry } = lock[folder] as Locked
    const { peerDependencies = {}, peerDependenciesMeta = {} } = entry
    for (const name of Object.keys(dependencies)) todo.push({ from: folder, name, isOptional: false })
    for (const name of Object.keys(optionalDependencies)) todo.push({ from: folder, name, isOptional: true })
    // Optional peers are ours to give; what we import of them is among the roots.
    for (const name of Object.keys(peerDependencies))
      if (!peerDependenciesMeta[name]?.optional) todo.push({ from: folder, name, isOptional: false })
  }
  return { folders: [...folders].sort(), missing: [...missing].sort() }
}
