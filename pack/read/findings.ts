// What a check finds: faults that refuse the pack and warnings that don't, each with its place and in both languages.

export interface Fault {
  /** The file, or the workbook and its sheet. */
  file: string
  /** CSV: the line an editor shows; sheet: its row; GeoJSON: the feature's index, counting from 0. */
  row?: number
  /** Code or name of the feature, where the row is only an index. */
  about?: string
  field?: string
  /** The Chinese header of the field, where it has one. */
  fieldZh?: string
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
  /** The same in words of one's own. */
  spoilt(place: Place, message: string, zh: string): void
  warn(place: Place, message: string, zh: string): void
  /** From now on what is found in `file` is told of `shown`, e.g. a sheet of a workbook. */
  showAs(file: string, shown: string): void
  /** From now on what is found in the row is told with its code or name. */
  label(file: string, row: number, about: string): void
  /** The Chinese headers of a file's fields. */
  headers(file: string, zh: ReadonlyMap<string, string>): void
}

const keyOf = ({ file, row, field }: Place) => JSON.stringify([file, row, field])

/** The same thing about the same place is said once. */
export function openFindings(): Findings {
  const faults: Fault[] = []
  const warnings: Fault[] = []
  const said = new Set<string>()
  const silent = new Set<string>()
  const shown = new Map<string, string>()
  const labels = new Map<string, string>()
  const headers = new Map<string, ReadonlyMap<string, string>>()
  const into =
    (list: Fault[]) =>
    ({ file, row, field }: Place, message: string, zh: string) => {
      const at = keyOf({ file, row, field })
      const key = `${at} ${message}`
      if (silent.has(at) || said.has(key)) return
      said.add(key)
      const about = labels.get(keyOf({ file, row }))
      const fieldZh = headers.get(file)?.get(field ?? '')
      list.push({
        file: shown.get(file) ?? file,
        ...(row === undefined ? {} : { row }),
        ...(about === undefined ? {} : { about }),
        ...(field === undefined ? {} : { field }),
        ...(fieldZh === undefined ? {} : { fieldZh }),
        message,
        zh,
      })
    }
  const fault = into(faults)
  const spoilt = (place: Place, message: string, zh: string) => {
    fault(place, message, zh)
    silent.add(keyOf(place))
  }
  return {
    faults,
    warnings,
    fault,
    empty: (place, zh) => spoilt(place, 'must not be empty', zh),
    spoilt,
    warn: into(warnings),
    showAs: (file, name) => void shown.set(file, name),
    label: (file, row, about) => void labels.set(keyOf({ file, row }), about),
    headers: (file, zh) => void headers.set(file, zh),
  }
}

/** A row of the pack with the place it came from. */
export interface Placed<T> {
  row: number
  value: T
}

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
