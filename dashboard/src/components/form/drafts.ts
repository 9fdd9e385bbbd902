// What was written into a form and not sent yet, on this device, by name; gone once it is sent. Only what a form can hold.
import type { FormValues } from './schema.ts'

const PREFIX = 'huiyin.draft.'

/** The name of the draft of one step of one case, of one person on a device that others use too. */
export const draftName = (person: string, caseId: string, action: string) => `${person}.${caseId}.${action}`

const isEmpty = (values: FormValues) =>
  Object.values(values).every((v) => v === undefined || v === '' || (Array.isArray(v) && v.length === 0))

/** A device without a store, or with a full one, keeps nothing: the form works all the same. */
function withStore<T>(use: (store: Storage) => T): T | undefined {
  try {
    return use(globalThis.localStorage)
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError) return undefined
    throw error
  }
}

export function keptDraft(name: string | undefined): FormValues {
  if (name === undefined) return {}
  const text = withStore((store) => store.getItem(PREFIX + name))
  if (typeof text !== 'string') return {}
  try {
    const kept: unknown = JSON.parse(text)
    return typeof kept === 'object' && kept !== null && !Array.isArray(kept) ? (kept as FormValues) : {}
  } catch {
    // Not ours, or cut off: as if there were none.
    return {}
  }
}

export function keepDraft(name: string | undefined, values: FormValues): void {
  if (name === undefined) return
  if (isEmpty(values)) dropDraft(name)
  else withStore((store) => store.setItem(PREFIX + name, JSON.stringify(values)))
}

export function dropDraft(name: string | undefined): void {
  if (name !== undefined) withStore((store) => store.removeItem(PREFIX + name))
}
