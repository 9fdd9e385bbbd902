// Who uses this phone: whoever is logged in, or, without a network, whoever was last. What one person read is forgotten
// when another logs in; what they took waits for them.
import { useEffect, useState } from 'react'
import { request } from '../api/request.ts'
import type { Account } from '../api/session.ts'
import { DEVICE_KEY } from './device.ts'
import type { Sender } from './queue-rules.ts'
import { forgetKept, keep, keptOf } from './store.ts'

const PERSON_KEY = 'person'
export const RECEIPTS_KEY = 'receipts'
/** Photos that the service worker keeps for looking at without a network. */
const PHOTO_CACHE = 'huiyin-photos'

export interface Person {
  user: Account | undefined
  /** Known from this device only: the server has not been reached, or the login is over. */
  isRemembered: boolean
  sender: Sender
}

/** Asks the server; without an answer it is who was here last. */
export async function askPerson(): Promise<Person> {
  const answer = await request<{ user: Account }>('/auth/me')
  const last = await keptOf<Account>(PERSON_KEY)
  if (answer.ok) {
    const { user } = answer.value
    if (last && last.id !== user.id) await forgetPerson()
    await keep(PERSON_KEY, user)
    return { user, isRemembered: false, sender: { kind: 'account', id: user.id } }
  }
  // Whose login is over is still who they were: what they take waits for them to log in again.
  if (answer.problem.status === 401)
    return { user: last, isRemembered: last !== undefined, sender: { kind: 'nobody' } }
  return { user: last, isRemembered: true, sender: { kind: 'unreachable' } }
}

/** Somebody logs out: nothing of what they read stays on the device. */
export async function forgetPerson(): Promise<void> {
  await forgetKept([DEVICE_KEY, RECEIPTS_KEY])
  if ('caches' in window) await caches.delete(PHOTO_CACHE)
}

/** Undefined until it is known. Asked again when the network comes back. */
export function usePerson(): Person | undefined {
  const [person, setPerson] = useState<Person>()
  useEffect(() => {
    let isGone = false
    const ask = () =>
      void askPerson().then((found) => {
        if (!isGone) setPerson(found)
      })
    ask()
    window.addEventListener('online', ask)
    return () => {
      isGone = true
      window.removeEventListener('online', ask)
    }
  }, [])
  return person
}
