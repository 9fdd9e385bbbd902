// What waits on this phone to be sent, on the desk of those who do the work; with it the desk opens without a network.
import { useEffect } from 'react'
import { WaitingBar } from '../../components/waiting/waiting-bar.tsx'
import type { Person } from '../../offline/person.ts'
import { startQueue } from '../../offline/queue.ts'
import { useApp } from '../../offline/use-app.ts'

export function PhoneBar({ person }: { person: Person }) {
  const { renew } = useApp('/department')
  const { user, isRemembered, sender } = person
  useEffect(startQueue, [])
  return (
    <WaitingBar
      account={user?.id}
      unreachable={sender.kind === 'unreachable'}
      isExpired={isRemembered && sender.kind === 'nobody'}
      renew={renew}
    />
  )
}
