// The kind of a result 处置结果; two kinds are no reply but another step, which the form then offers instead.
import { useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import styles from './department.module.css'

const KINDS = ['fixed', 'made-safe', 'notified', 'not-found'] as const

export type InsteadStep = 'request-return' | 'request-suspension'

/** The step that this kind asks for instead of a reply. */
export const insteadOf = (outcome: string): InsteadStep | undefined =>
  outcome === 'not-ours' ? 'request-return' : outcome === 'cannot' ? 'request-suspension' : undefined

export function OutcomeField(props: {
  name: string
  value: string
  withInstead: boolean
  onChange: (outcome: string) => void
}) {
  const t = useT()
  const { name, value, withInstead, onChange } = props
  return (
    <fieldset className={styles.kinds}>
      <legend>{t('dept.outcome')}</legend>
      {[...KINDS, ...(withInstead ? (['not-ours', 'cannot'] as const) : [])].map((kind) => (
        <label key={kind}>
          <input
            type="radio"
            name={`${name}.kind`}
            checked={value === kind}
            onChange={() => onChange(kind)}
          />
          {t(`dept.outcome.${kind}`)}
        </label>
      ))}
    </fieldset>
  )
}

export function Instead(props: {
  of: InsteadStep | undefined
  onInstead: ((step: InsteadStep) => void) | undefined
}) {
  const t = useT()
  const { of, onInstead } = props
  if (!of || !onInstead) return null
  return (
    <Button kind="primary" onClick={() => onInstead(of)}>
      {t(of === 'request-return' ? 'dept.outcome.to-return' : 'dept.outcome.to-suspension')}
    </Button>
  )
}
