// Comparing what is stored with what it should be, as JSON: keys without a value count as absent, instants as ISO text.

/** Names of what differs, one level into `state` and `board`. */
export function differences(wanted: Record<string, unknown>, is: Record<string, unknown>): string[] {
  return Object.keys(wanted).flatMap((key) => {
    const [w, i] = [wanted[key], is[key]]
    if (sameJson(w, i)) return []
    if ((key !== 'state' && key !== 'board') || !isObject(w) || !isObject(i)) return [key]
    return [...new Set([...Object.keys(w), ...Object.keys(i)])]
      .filter((k) => !sameJson(w[k], i[k]))
      .map((k) => `${key}.${k}`)
  })
}

const isObject = (v: unknown): v is Record<string, unknown> =>
  typeof v === 'object' && v !== null && !Array.isArray(v)

export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (a instanceof Date) return sameJson(a.toISOString(), b)
  if (b instanceof Date) return sameJson(a, b.toISOString())
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((v, i) => sameJson(v, b[i]))
  if (!isObject(a) || !isObject(b)) return false
  for (const key in a) if (!sameJson(a[key], b[key])) return false
  for (const key in b) if (b[key] !== undefined && a[key] === undefined) return false
  return true
}
