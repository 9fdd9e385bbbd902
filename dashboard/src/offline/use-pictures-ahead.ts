// Has the device fetch pictures while there is a network; the service worker keeps them for when there is none.
import { useEffect } from 'react'
import { photoUrl } from '../api/cases.ts'

export function usePicturesAhead(ids: readonly string[] | undefined): void {
  const wanted = ids?.join(' ')
  useEffect(() => {
    if (!wanted || !navigator.serviceWorker?.controller) return
    void (async () => {
      for (const id of wanted.split(' ')) {
        const answer = await fetch(photoUrl(id)).catch(() => undefined)
        if (!answer) return
      }
    })()
  }, [wanted])
}
