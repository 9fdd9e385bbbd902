// A screen's rotation: scenes in order, each for so many seconds.
import { type PlanStep, SCENE_PARAMS, WALL_SCENES } from '#domain/wall-screen.ts'
import { faultOf, type Problem } from '../../api/problem.ts'
import { PlaceSelect } from '../../components/place-select.tsx'
import { useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import styles from './screen-dialog.module.css'

const MOST_STEPS = 20
const USUAL_SECONDS = 60

export function PlanField(props: {
  plan: PlanStep[]
  problem: Problem | undefined
  onChange: (plan: PlanStep[]) => void
}) {
  const t = useT()
  const { plan, onChange } = props
  const change = (at: number, step: PlanStep) => onChange(plan.map((s, i) => (i === at ? step : s)))
  const up = (at: number) => {
    const moved = [...plan]
    moved.splice(at - 1, 0, ...moved.splice(at, 1))
    onChange(moved)
  }
  return (
    <fieldset className={styles.plan}>
      <legend>{t('screens.plan')}</legend>
      <p className={styles.hint}>{t('screens.plan.what')}</p>
      {plan.map((step, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity but their place.
        <fieldset key={i} className={styles.step} aria-label={t('screens.plan.step', { n: i + 1 })}>
          <Step step={step} onChange={(next) => change(i, next)} />
          <Button disabled={i === 0} onClick={() => up(i)}>
            {t('screens.plan.up')}
          </Button>
          <Button onClick={() => onChange(plan.filter((_, at) => at !== i))}>
            {t('screens.plan.remove')}
          </Button>
          <Fault problem={props.problem} at={i} />
        </fieldset>
      ))}
      <div>
        <Button
          disabled={plan.length >= MOST_STEPS}
          onClick={() => onChange([...plan, { scene: 'normal', seconds: USUAL_SECONDS }])}
        >
          {t('screens.plan.add')}
        </Button>
      </div>
    </fieldset>
  )
}

function Fault({ problem, at }: { problem: Problem | undefined; at: number }) {
  const t = useT()
  const words = faultOf(problem, `plan.${at}`, t)
  return words === undefined ? null : (
    <p className={styles.fault} role="alert">
      {words}
    </p>
  )
}

function Step({ step, onChange }: { step: PlanStep; onChange: (step: PlanStep) => void }) {
  const t = useT()
  const param = SCENE_PARAMS[step.scene]
  return (
    <>
      <select
        aria-label={t('screens.plan.scene')}
        value={step.scene}
        onChange={(e) =>
          onChange({
            scene: WALL_SCENES.find((s) => s === e.target.value) ?? 'normal',
            seconds: step.seconds,
          })
        }
      >
        {WALL_SCENES.map((s) => (
          <option key={s} value={s}>
            {t(`wall.scene.${s}`)}
          </option>
        ))}
      </select>
      {param !== undefined && (
        <PlaceSelect
          aria-label={t('screens.plan.which')}
          param={param}
          value={step.params?.[param] ?? ''}
          onChange={(code) => onChange({ ...step, params: { [param]: code } })}
        />
      )}
      <input
        type="number"
        min={10}
        max={86_400}
        aria-label={t('screens.plan.seconds')}
        value={Number.isNaN(step.seconds) ? '' : step.seconds}
        onChange={(e) => onChange({ ...step, seconds: e.target.valueAsNumber })}
      />
      <span>{t('screens.plan.seconds')}</span>
    </>
  )
}
