// A labelled form field with its hint and its fault; the control is the child and gets the ids to point at.
import { useId, type ReactNode } from 'react'
import styles from './field.module.css'

export interface FieldIds {
  id: string
  'aria-describedby'?: string
  'aria-invalid'?: true
}

export function Field(props: {
  label: string
  hint?: string | undefined
  fault?: string | undefined
  children: (ids: FieldIds) => ReactNode
}) {
  const id = useId()
  const notes = [props.hint && `${id}-hint`, props.fault && `${id}-fault`].filter(Boolean).join(' ')
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {props.label}
      </label>
      {props.hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {props.hint}
        </p>
      )}
      {props.children({
        id,
        ...(notes ? { 'aria-describedby': notes } : {}),
        ...(props.fault ? { 'aria-invalid': true as const } : {}),
      })}
      {props.fault && (
        <p id={`${id}-fault`} className={styles.fault} role="alert">
          {props.fault}
        </p>
      )}
    </div>
  )
}
