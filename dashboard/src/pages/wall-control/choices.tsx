// One of a few, as a row of buttons that the keyboard walks through like radio buttons, which they are.
import { useId } from 'react'
import styles from './control-page.module.css'

export function Choices<T extends string | number>(props: {
  label: string
  value: T
  options: readonly { value: T; label: string }[]
  onPick: (value: T) => void
}) {
  const name = useId()
  return (
    <fieldset className={styles.choices}>
      <legend className={styles.legend}>{props.label}</legend>
      <div className={styles.row}>
        {props.options.map((o) => (
          <label key={o.value} className={styles.choice}>
            <input
              type="radio"
              name={name}
              checked={o.value === props.value}
              onChange={() => props.onPick(o.value)}
            />
            <span>{o.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
