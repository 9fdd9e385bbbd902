// Photos of this device sent ahead while they are still being taken, so that the server can say what they lack before
// anything is sent for good. Without a network nothing is known of them; they go with what they belong to.
import { useEffect, useState } from 'react'
import { uploadPhoto } from './sender.ts'

/** The server's ids of those that it has. */
export function useUploads(ids: readonly string[]): string[] {
  const [known, setKnown] = useState<ReadonlyMap<string, string>>(new Map())
  const wanted = ids.join(' ')
  useEffect(() => {
    let isGone = false
    const send = async () => {
      for (const id of wanted.split(' ').filter(Boolean)) {
        const upload = await uploadPhoto(id)
        if (isGone) return
        if (typeof upload === 'string') setKnown((k) => new Map(k).set(id, upload))
      }
    }
    void send()
    const again = () => void send()
    window.addEventListener('online', again)
    return () => {
      isGone = true
      window.removeEventListener('online', again)
    }
  }, [wanted])
  return ids.flatMap((id) => known.get(id) ?? [])
}
