// What a check finds: faults that refuse the pack and warnings that don't, each with its place and in both languages.

export interface Fault {
  file: string
  /** CSV: the line an editor shows; GeoJSON: the feature's index, counting from 0. */
  row?: number
  field?: string
  message: string
  zh: string
}

export interface Place {
  file: string
  row?: number | undefined
  field?: string | undefined
}

export interface Findings {
  faults: Fault[]
  warnings: Fault[]
  fault(place: Place, message: string, zh: string): void
  /** A fault after which nothing more is said about that place. */
  empty(place: Place, zh: string): void
  warn(place: Place, message: string, zh: string): void
}

/** The same thing about the same place is said once. */
export function openFindings(): Findings {
  const faults: Fault[] = []
  const warnings: Fault[] = []
  const said = new Set<string>()
  const empty = new Set<string>()
  const into =
    (list: Fault[]) =>
    ({ file, row, field }: Place, message: string, zh: string) => {
      const at = JSON.stringify([file, row, field])
      const key = `${at} ${message}`
      if (empty.has(at) || said.has(key)) return
      said.add(key)
      list.push({
        file,
        ...(row === undefined ? {} : { row }),
        ...(field === undefined ? {} : { field }),
        message,
        zh,
      })
    }
  const fault = into(faults)
  return {
    faults,
    warnings,
    fault,
    empty(place, zh) {
      fault(place, 'must not be empty', zh)
      empty.add(JSON.stringify([place.file, place.row, place.field]))
    },
    warn: into(warnings),
  }
}

/** A row of the pack with the place it came from. */
export interface Placed<T> {
  row: number
  value: T
}

/** Codes that other files may name; undefined when their file could not be read, so that nothing can be said. */
export type Known = ReadonlySet<string> | undefined

export const knownCodes = <T>(rows: readonly Placed<T>[] | undefined, code: (value: T) => string): Known =>
  rows && new Set(rows.map((r) => code(r.value)))

/** Reports each key that an earlier row has taken. */
export function findDuplicates<T>(
  file: string,
  field: string,
  rows: readonly Placed<T>[],
  key: (value: T) => string,
  findings: Findings,
): void {
  const first = new Map<string, number>()
  for (const { row, value } of rows) {
    const k = key(value)
    const taken = first.get(k)
    if (taken === undefined) first.set(k, row)
    else findings.fault({ file, row, field }, `"${k}" is already in row ${taken}`, `“${k}”与第${taken}行重复`)
  }
}

/** Reports rows that are their own ancestors, once a cycle. */
export function findCycles<T extends { code: string; parent?: string | undefined }>(
  file: string,
  rows: readonly Placed<T>[],
  findings: Findings,
): void {
  const parents = new Map(rows.map((r) => [r.value.code, r.value.parent]))
  const settled = new Set<string>()
  for (const { row, value } of rows) {
    const path: string[] = []
    let at: string | undefined = value.code
    while (at !== undefined && !settled.has(at) && !path.includes(at)) {
      path.push(at)
      at = parents.get(at)
    }
    if (at !== undefined && path.includes(at)) {
      const loop = [...path.slice(path.indexOf(at)), at].join(' → ')
      findings.fault(
        { file, row, field: 'parent' },
        `the tree runs in a circle: ${loop}`,
        `上级关系成环：${loop}`,
      )
    }
    for (const code of path) settled.add(code)
  }
}
