// Clock, scene and volume of the demo, and whether the simulated people are at work. What cannot be taken back is asked
// before: time that has passed, and cases that a storm has made.
import { useEffect, useState } from 'react'
import type { Scene } from '#domain/demo.ts'
import { type DemoState, refreshDemo, setDemo } from '../../api/demo.ts'
import { problemText } from '../../api/problem.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './admin-page.module.css'
import { DemoNow } from './demo-now.tsx'
import { Scenes } from './scenes.tsx'

const RATES = [1, 10, 60, 240] as const
const VOLUMES = [1, 4, 8, 20] as const
/** Somebody else, or the command line, may be setting it too. */
const LOOK_EVERY_MS = 3_000
const WORLD_MS = 60_000

type Change = Parameters<typeof setDemo>[0]
type Question = { kind: 'storm' } | { kind: 'clock'; rate: number }

export function DemoSection({ state }: { state: DemoState | undefined }) {
  const t = useT()
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [question, setQuestion] = useState<Question>()
  useEffect(() => {
    const timer = setInterval(() => void refreshDemo(), LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  if (!state) return <Notice>{t('admin.no-demo')}</Notice>

  const set = async (change: Change) => {
    setBusy(true)
    const answer = await setDemo(change)
    setBusy(false)
    setFault(answer.ok ? undefined : problemText(answer.problem, t))
    if (answer.ok) setQuestion(undefined)
  }
  const choose = (scene: Scene) => (scene === 'storm' ? setQuestion({ kind: 'storm' }) : void set({ scene }))
  const pace = (rate: number) => {
    // The first step ahead of the world is the one that cannot be taken back.
    if (rate > 1 && state.rate === 1 && state.aheadMs < WORLD_MS) setQuestion({ kind: 'clock', rate })
    else if (rate !== state.rate) void set({ rate })
  }
  return (
    <div className={styles.section}>
      <DemoNow state={state} />
      {fault !== undefined && !question && <Notice kind="fault">{fault}</Notice>}
      <Scenes state={state} busy={busy} onChoose={choose} />
      <div className={styles.pair}>
        <Card title={t('admin.clock')}>
          <div className={styles.body}>
            <div className={styles.choices}>
              {RATES.map((rate) => (
                <Choice
                  key={rate}
                  n={rate}
                  note={t(`admin.clock.x${rate}`)}
                  on={state.rate === rate}
                  disabled={busy}
                  onPick={() => pace(rate)}
                />
              ))}
            </div>
            <p className={styles.what}>{t('admin.clock.what')}</p>
            <p className={styles.hint}>{t('admin.clock.kept')}</p>
          </div>
        </Card>
        <div className={styles.section}>
          <Card title={t('admin.volume')}>
            <div className={styles.body}>
              <div className={styles.choices}>
                {VOLUMES.map((multiple) => (
                  <Choice
                    key={multiple}
                    n={multiple}
                    on={state.multiple === multiple}
                    disabled={busy}
                    onPick={() => multiple !== state.multiple && void set({ multiple })}
                  />
                ))}
              </div>
              <p className={styles.what}>{t('admin.volume.what')}</p>
            </div>
          </Card>
          <Card title={t('admin.people')}>
            <div className={styles.body}>
              <p className={styles.what}>
                {state.hasTraffic
                  ? t(state.traffic ? 'admin.people.at-work' : 'admin.people.paused')
                  : t('admin.people.none')}
              </p>
              {state.hasTraffic && (
                <div>
                  <Button disabled={busy} onClick={() => void set({ traffic: !state.traffic })}>
                    {t(state.traffic ? 'admin.people.pause' : 'admin.people.resume')}
                  </Button>
                </div>
              )}
            </div>
          </Card>
        </div>
      </div>
      {question?.kind === 'storm' && (
        <ConfirmDialog
          title={t('admin.scene.storm.confirm')}
          go={t('admin.scene.storm.go')}
          fault={fault}
          busy={busy}
          onGo={() => void set({ scene: 'storm' })}
          onClose={() => setQuestion(undefined)}
        >
          <p>{t('admin.scene.storm.what')}</p>
          <p className={styles.what}>{t('admin.scene.storm.confirm.what')}</p>
        </ConfirmDialog>
      )}
      {question?.kind === 'clock' && (
        <ConfirmDialog
          title={t('admin.clock.confirm', { n: question.rate })}
          go={t('admin.clock.go')}
          fault={fault}
          busy={busy}
          onGo={() => void set({ rate: question.rate })}
          onClose={() => setQuestion(undefined)}
        >
          <p className={styles.what}>{t('admin.clock.confirm.what')}</p>
        </ConfirmDialog>
      )}
    </div>
  )
}

function Choice(props: { n: number; note?: string; on: boolean; disabled: boolean; onPick: () => void }) {
  return (
    <button
      type="button"
      className={styles.choice}
      aria-pressed={props.on}
      disabled={props.disabled}
      onClick={props.onPick}
    >
      <b>×{props.n}</b>
      {props.note !== undefined && <span>{props.note}</span>}
    </button>
  )
}
