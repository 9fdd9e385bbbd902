// A plain message: information, or something that went wrong.
import type { ReactNode } from 'react'
import styles from './notice.module.css'

export function Notice({ kind = 'info', children }: { kind?: 'info' | 'fault'; children: ReactNode }) {
  return (
    <div className={`${styles.notice} ${styles[kind]}`} role={kind === 'fault' ? 'alert' : 'status'}>
      {children}
    </div>
  )
}
