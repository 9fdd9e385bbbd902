// Photos of a form: taken or chosen, uploaded at once, shown small, removable. The value is the upload ids.
import { useState } from 'react'
import { photoUrl } from '../../api/cases.ts'
import { problemText } from '../../api/problem.ts'
import { upload, type Upload } from '../../api/uploads.ts'
import { useT } from '../../i18n/translate.ts'
import styles from './form.module.css'

export function PhotosField(props: {
  id: string
  most: number
  /** Uploaded before, of a draft. */
  kept?: readonly string[] | undefined
  /** From the camera, not from an album, where the device has one. */
  camera?: boolean
  onChange: (ids: string[]) => void
}) {
  const t = useT()
  const [photos, setPhotos] = useState<Pick<Upload, 'id' | 'url'>[]>(
    () => props.kept?.map((id) => ({ id, url: photoUrl(id) })) ?? [],
  )
  const [pending, setPending] = useState(0)
  const [fault, setFault] = useState<string>()

  const keep = (next: typeof photos) => {
    setPhotos(next)
    props.onChange(next.map((p) => p.id))
  }
  const add = async (files: File[]) => {
    setFault(undefined)
    let kept = photos
    setPending(files.length)
    for (const file of files.slice(0, props.most - photos.length)) {
      const answer = await upload(file)
      setPending((n) => n - 1)
      if (answer.ok) {
        kept = [...kept, answer.value]
        keep(kept)
      } else setFault(`${file.name}: ${problemText(answer.problem, t)}`)
    }
    setPending(0)
  }

  return (
    <div className={styles.photos}>
      {photos.map((photo, i) => (
        <span key={photo.id} className={styles.photo}>
          <img src={photo.url} alt={t('case.photo', { n: i + 1 })} />
          <button
            type="button"
            aria-label={t('form.remove-photo')}
            onClick={() => keep(photos.filter((p) => p.id !== photo.id))}
          >
            ✕
          </button>
        </span>
      ))}
      {photos.length < props.most && (
        <label className={styles.add}>
          <input
            id={props.id}
            className="visually-hidden"
            type="file"
            accept="image/*"
            multiple={props.camera !== true}
            capture={props.camera ? 'environment' : undefined}
            onChange={(event) => {
              void add([...(event.target.files ?? [])])
              event.target.value = ''
            }}
          />
          {pending > 0 ? t('form.uploading') : `＋ ${t('form.add-photo')}`}
        </label>
      )}
      {fault !== undefined && (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
    </div>
  )
}
