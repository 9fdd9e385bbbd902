// A titled panel. The heading may carry figures on its right.
import type { ReactNode } from 'react'
import styles from './card.module.css'

export function Card(props: {
  title?: ReactNode
  aside?: ReactNode
  label?: string
  className?: string | undefined
  children: ReactNode
}) {
  return (
    <section
      className={props.className === undefined ? styles.card : `${styles.card} ${props.className}`}
      aria-label={props.label}
    >
      {(props.title !== undefined || props.aside !== undefined) && (
        <header className={styles.head}>
          <h2 className={styles.title}>{props.title}</h2>
          {props.aside}
        </header>
      )}
      {props.children}
    </section>
  )
}
