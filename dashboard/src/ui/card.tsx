// A titled panel. The heading may carry figures on its right.
import type { CSSProperties, ReactNode } from 'react'
import styles from './card.module.css'

export function Card(props: {
  title?: ReactNode
  aside?: ReactNode
  label?: string
  className?: string | undefined
  style?: CSSProperties
  children: ReactNode
}) {
  return (
    <section
      className={props.className === undefined ? styles.card : `${styles.card} ${props.className}`}
      style={props.style}
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
