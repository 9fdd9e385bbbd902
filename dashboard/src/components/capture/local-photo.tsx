// A photo that is still on this device only.
import { useEffect, useState } from 'react'
import { photoOf } from '../../offline/store.ts'

/** Address of a kept photo while the part is shown; undefined while it is read, or when it is gone. */
export function useLocalPhoto(id: string | undefined): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    setUrl(undefined)
    if (id === undefined) return
    let made: string | undefined
    let isGone = false
    void photoOf(id).then((photo) => {
      if (!photo || isGone) return
      made = URL.createObjectURL(photo.blob)
      setUrl(made)
    })
    return () => {
      isGone = true
      if (made !== undefined) URL.revokeObjectURL(made)
    }
  }, [id])
  return url
}

export function LocalPhoto({
  id,
  alt,
  className,
}: {
  id: string
  alt: string
  className?: string | undefined
}) {
  const url = useLocalPhoto(id)
  return url === undefined ? (
    <span className={className} />
  ) : (
    <img src={url} alt={alt} className={className} />
  )
}
