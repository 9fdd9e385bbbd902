// What a fuzz has learnt from answers: ids and codes by where they came from, so that later requests name things that
// there are. The newest are kept: those of a city's thousands of parts would otherwise crowd out the cases.
const MOST = 60

type Json = Record<string, unknown>
const isObject = (v: unknown): v is Json => typeof v === 'object' && v !== null && !Array.isArray(v)

/** Names of fields and parameters whose values are found under others. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  category: ['categories.code'],
  categoryCode: ['categories.code'],
  department: ['departments.code'],
  coDepartments: ['departments.code'],
  pool: ['departments.code'],
  suggested: ['departments.code'],
  owner: ['departments.code'],
  area: ['areas.code'],
  component: ['components.code'],
  handler: ['accounts.id', 'accounts.username'],
  account: ['accounts.id'],
  accountId: ['accounts.id'],
  to: ['accounts.id', 'accounts.username'],
  username: ['accounts.username'],
  photos: ['uploads.id'],
  photo: ['uploads.id'],
  into: ['cases.id', 'cases.receiptNo'],
  case: ['cases.id', 'cases.receiptNo'],
  sameAs: ['cases.receiptNo'],
  condition: ['cases.condition'],
  ids: ['cases.id'],
  receiptNo: ['cases.receiptNo'],
}

export class Known {
  readonly #values = new Map<string, string[]>()

  add(name: string, value: string): void {
    const values = this.#values.get(name) ?? []
    if (values.includes(value)) return
    values.push(value)
    if (values.length > MOST) values.shift()
    this.#values.set(name, values)
  }

  /** Everything that an answer of this path names. */
  learn(path: string, body: unknown): void {
    this.#walk(collectionOf(path), body)
  }

  #walk(collection: string, value: unknown): void {
    if (Array.isArray(value)) for (const v of value.slice(0, 40)) this.#walk(collection, v)
    if (!isObject(value)) return
    for (const [name, v] of Object.entries(value)) {
      if (typeof v === 'string' && v.length <= 64) this.add(`${collection}.${name}`, v)
      this.#walk(name === 'tasks' ? name : collection, v)
    }
  }

  /**
   * Values that fit a field or parameter.
   * @param path of the operation; its collection is what a bare `id` means
   */
  fitting(name: string, path: string): readonly string[] {
    const places = [...(SAME[name] ?? []), `${collectionOf(path)}.${name}`]
    if (name === 'id' && collectionOf(path) === 'track') places.push('uploads.id')
    return places.flatMap((place) => this.#values.get(place) ?? [])
  }
}

/** `/api/v1/delivery/channels/{id}/test` → `channels`; `/api/v1/cases/{id}/actions` → `cases`. */
function collectionOf(path: string): string {
  const parts = path.replace('/api/v1/', '').split('/')
  const first = parts.findIndex((part) => part.startsWith('{'))
  return (first > 0 ? parts[first - 1] : parts.at(-1)) ?? ''
}
