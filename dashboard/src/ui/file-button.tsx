// A file to choose, in the words of the page: a browser's own button speaks the browser's language.
import { useState } from 'react'
import { useT } from '../i18n/translate.ts'
import type { FieldIds } from './field.tsx'
import styles from './file-button.module.css'

export function FileButton(props: {
  ids: FieldIds
  accept: string
  onChoose: (file: File | undefined) => void
}) {
  const t = useT()
  const [name, setName] = useState<string>()
  return (
    <div className={styles.file}>
      <input
        {...props.ids}
        type="file"
        accept={props.accept}
        onChange={(e) => {
          const [file] = e.target.files ?? []
          setName(file?.name)
          props.onChoose(file)
        }}
      />
      <span className={styles.look} aria-hidden="true">
        {t('form.file.choose')}
      </span>
      <span className={name === undefined ? styles.none : undefined}>{name ?? t('form.file.none')}</span>
    </div>
  )
}
