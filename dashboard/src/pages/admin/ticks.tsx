// Several choices of a few: boxes to tick under one heading.
import own from './notifications.module.css'

export function Ticks<V extends string>(props: {
  legend: string
  choices: readonly { value: V; name: string }[]
  chosen: readonly V[]
  /** Scrolls within itself. */
  isLong?: boolean
  fault?: string | undefined
  onChange: (chosen: V[]) => void
}) {
  const { choices, chosen, onChange } = props
  return (
    <fieldset className={own.group}>
      <legend>{props.legend}</legend>
      <div className={props.isLong ? `${own.ticks} ${own.long}` : own.ticks}>
        {choices.map(({ value, name }) => (
          <label key={value} className={own.tick}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={(e) =>
                onChange(e.target.checked ? [...chosen, value] : chosen.filter((v) => v !== value))
              }
            />
            {name}
          </label>
        ))}
      </div>
      {props.fault !== undefined && (
        <p className={own.bad} role="alert">
          {props.fault}
        </p>
      )}
    </fieldset>
  )
}
