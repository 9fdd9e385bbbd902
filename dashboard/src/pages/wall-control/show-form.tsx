// What to show: a case, cameras, a scene or an announcement; on which screens; for how many minutes.
import { type FormEvent, useState } from 'react'
import { publicTextFaults } from '#domain/public-text.ts'
import {
  ANNOUNCEMENT_LEVELS,
  type AnnouncementLevel,
  CAMERA_SPLITS,
  type CameraSplit,
  SCENE_PARAMS,
  type Show,
  WALL_SCENES,
  type WallScene,
} from '#domain/wall-screen.ts'
import type { Problem } from '../../api/problem.ts'
import { faultOf, problemText } from '../../api/problem.ts'
import { showOnScreens, type WallNow } from '../../api/screens.ts'
import { PlaceSelect } from '../../components/place-select.tsx'
import { useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { CamerasField } from './cameras-field.tsx'
import { CaseField } from './case-field.tsx'
import { Choices } from './choices.tsx'
import styles from './control-page.module.css'
import { ScreensField } from './screens-field.tsx'

const KINDS = ['case', 'camera', 'scene', 'announcement'] as const
type Kind = (typeof KINDS)[number]
const MINUTES = [5, 10, 30, 60, 240] as const
const MOST_WORDS = 120

export function ShowForm(props: { caseRef: string; screens: WallNow['screens']; onShown: () => void }) {
  const t = useT()
  const [kind, setKind] = useState<Kind>('case')
  const [caseRef, setCaseRef] = useState(props.caseRef)
  const [codes, setCodes] = useState<string[]>([])
  const [split, setSplit] = useState<CameraSplit>(1)
  const [scene, setScene] = useState<WallScene>('storm')
  const [place, setPlace] = useState('')
  const [text, setText] = useState('')
  const [level, setLevel] = useState<AnnouncementLevel>('info')
  const [screens, setScreens] = useState<'all' | string[]>('all')
  const [minutes, setMinutes] = useState<number>(10)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const [done, setDone] = useState<number>()
  const param = SCENE_PARAMS[scene]

  const show = (): Show => {
    switch (kind) {
      case 'case':
        return { kind, caseId: caseRef.trim() }
      case 'camera':
        return { kind, codes, split }
      case 'scene':
        return { kind, scene, ...(param === undefined ? {} : { params: { [param]: place } }) }
      case 'announcement':
        return { kind, text, level }
    }
  }
  const isReady =
    screens.length > 0 &&
    {
      case: caseRef.trim() !== '',
      camera: codes.length > 0,
      scene: param === undefined || place !== '',
      announcement: text.trim() !== '',
    }[kind]
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const answer = await showOnScreens({ screens, show: show(), minutes })
    setBusy(false)
    setProblem(answer.ok ? undefined : answer.problem)
    setDone(answer.ok ? minutes : undefined)
    if (answer.ok) props.onShown()
  }
  const pick = (next: Kind) => {
    setKind(next)
    setProblem(undefined)
    setDone(undefined)
  }
  const caseFault = kind === 'case' ? faultOf(problem, 'show.caseId', t) : undefined
  const [unfit] = kind === 'announcement' ? publicTextFaults(text) : []
  const textFault = unfit
    ? t(`control.fault.${unfit}`)
    : faultOf(kind === 'announcement' ? problem : undefined, 'show.text', t)

  return (
    <Card title={t('control.show')}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <Choices
          label={t('control.kind')}
          value={kind}
          options={KINDS.map((k) => ({ value: k, label: t(`control.kind.${k}`) }))}
          onPick={pick}
        />
        {kind === 'case' && <CaseField value={caseRef} fault={caseFault} onChange={setCaseRef} />}
        {kind === 'camera' && (
          <>
            <CamerasField chosen={codes} onChange={setCodes} />
            <Choices
              label={t('control.split')}
              value={split}
              options={CAMERA_SPLITS.map((n) => ({ value: n, label: t('control.split.n', { n }) }))}
              onPick={setSplit}
            />
          </>
        )}
        {kind === 'scene' && (
          <div className={styles.pair}>
            <Field label={t('control.scene')}>
              {(ids) => (
                <select
                  {...ids}
                  value={scene}
                  onChange={(e) => {
                    setScene(WALL_SCENES.find((s) => s === e.target.value) ?? 'normal')
                    setPlace('')
                  }}
                >
                  {WALL_SCENES.map((s) => (
                    <option key={s} value={s}>
                      {t(`wall.scene.${s}`)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            {param !== undefined && (
              <Field label={t('screens.plan.which')}>
                {(ids) => <PlaceSelect {...ids} param={param} value={place} onChange={setPlace} />}
              </Field>
            )}
          </div>
        )}
        {kind === 'announcement' && (
          <>
            <Field label={t('control.text')} hint={t('control.text.hint')} fault={textFault}>
              {(ids) => (
                <textarea
                  {...ids}
                  rows={2}
                  maxLength={MOST_WORDS}
                  value={text}
                  onChange={(e) => setText(e.target.value.replaceAll('\n', ' '))}
                />
              )}
            </Field>
            <Choices
              label={t('control.level')}
              value={level}
              options={ANNOUNCEMENT_LEVELS.map((l) => ({ value: l, label: t(`control.level.${l}`) }))}
              onPick={setLevel}
            />
          </>
        )}
        <ScreensField screens={props.screens} value={screens} onChange={setScreens} />
        <Choices
          label={t('control.minutes')}
          value={minutes}
          options={MINUTES.map((n) => ({ value: n, label: t('control.minutes.n', { n }) }))}
          onPick={setMinutes}
        />
        {problem && caseFault === undefined && textFault === undefined && (
          <Notice kind="fault">{problemText(problem, t)}</Notice>
        )}
        {done !== undefined && <Notice>{t('control.done', { n: done })}</Notice>}
        <div>
          <Button type="submit" kind="primary" disabled={busy || !isReady || unfit !== undefined}>
            {t('control.go')}
          </Button>
          {!isReady && <p className={styles.hint}>{t(`control.missing.${kind}`)}</p>}
        </div>
      </form>
    </Card>
  )
}
