// Buttons: `primary` for the one thing to do here, `quiet` for everything else.
import type { ComponentProps } from 'react'
import styles from './button.module.css'

export function Button({
  kind = 'quiet',
  className,
  ...rest
}: ComponentProps<'button'> & { kind?: 'primary' | 'quiet' }) {
  return (
    <button
      type="button"
      {...rest}
      className={[styles.button, styles[kind], className].filter(Boolean).join(' ')}
    />
  )
}
