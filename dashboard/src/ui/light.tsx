// A light by colour and shape: green circle, yellow triangle, red diamond, grey ring. Readable without colour.
import type { Light } from '#domain/case.ts'
import styles from './light.module.css'

const SHAPES: Record<Light, React.ReactNode> = {
  green: <circle cx="8" cy="8" r="6" />,
  yellow: <path d="M8 1.6 15 14H1Z" />,
  red: <path d="M8 .6 15.4 8 8 15.4.6 8Z" />,
  none: <circle cx="8" cy="8" r="5" className={styles.ring} />,
}

/** `label` is read out; without one the shape is decoration beside words that say the same. */
export function LightShape({ light, label }: { light: Light; label?: string | undefined }) {
  return label === undefined ? (
    <svg className={`${styles.light} ${styles[light]}`} viewBox="0 0 16 16" aria-hidden="true">
      {SHAPES[light]}
    </svg>
  ) : (
    <svg className={`${styles.light} ${styles[light]}`} viewBox="0 0 16 16" role="img" aria-label={label}>
      {SHAPES[light]}
    </svg>
  )
}
