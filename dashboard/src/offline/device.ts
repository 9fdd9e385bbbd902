// What this device is to the server: a random name of its own that only it knows, so that what it sends without a login is
// its own however its address changes. Also: asking the browser not to clear the store.
import { v4 as uuid } from 'uuid'
import { keep, keptOf } from './store.ts'

export const DEVICE_KEY = 'device'

let asked: Promise<string> | undefined

/** 36 characters, made once. */
export function deviceId(): Promise<string> {
  asked ??= (async () => {
    const known = await keptOf<string>(DEVICE_KEY)
    if (known !== undefined) return known
    const made = uuid()
    await keep(DEVICE_KEY, made)
    return made
  })()
  return asked
}

/** Whether the browser promises to keep what waits; undefined where it cannot be asked. */
export async function askToKeep(): Promise<boolean | undefined> {
  const { storage } = navigator
  if (!storage?.persist) return undefined
  return (await storage.persisted()) || storage.persist()
}
