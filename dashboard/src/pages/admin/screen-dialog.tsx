// A screen's record as a form: name, size and distance with what they mean for reading, panels, scope, language, sound,
// rotation.
import { useState } from 'react'
import { faultOf, type Problem, problemText } from '../../api/problem.ts'
import type { ScreenForm, ScreenRow } from '../../api/screens.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { usePlaces } from '../../components/place-select.tsx'
import { useT } from '../../i18n/translate.ts'
import { Field } from '../../ui/field.tsx'
import styles from './screen-dialog.module.css'
import { PlanField } from './screen-plan.tsx'
import { ScreenReading } from './screen-reading.tsx'
import { USUAL_SIZES } from './screen-sizes.ts'

const BEGIN: ScreenForm = {
  name: '',
  widthPx: null,
  widthMm: 3650,
  heightMm: 2055,
  viewingDistanceM: 8,
  tiles: { columns: 3, rows: 3 },
  language: null,
  sound: false,
  scope: null,
  plan: [],
}

const formOf = (s: ScreenRow): ScreenForm => ({
  name: s.name,
  widthPx: s.widthPx ?? null,
  widthMm: s.widthMm,
  heightMm: s.heightMm ?? null,
  viewingDistanceM: s.viewingDistanceM,
  tiles: s.tiles,
  language: s.language ?? null,
  sound: s.sound,
  scope: s.scope ?? null,
  plan: s.plan,
})

export function ScreenDialog(props: {
  /** Undefined = a new one. */
  screen: ScreenRow | undefined
  problem: Problem | undefined
  busy: boolean
  onSave: (form: ScreenForm) => void
  onClose: () => void
}) {
  const t = useT()
  const { screen, problem } = props
  const [form, setForm] = useState(screen ? formOf(screen) : BEGIN)
  const areas = usePlaces('area')
  const departments = usePlaces('department')
  const set = (change: Partial<ScreenForm>) => setForm((f) => ({ ...f, ...change }))
  const fault = (field: string) => faultOf(problem, field, t)
  const preset = USUAL_SIZES.find((p) => p.widthMm === form.widthMm && p.heightMm === form.heightMm)
  const isNamed = problem?.fields.some((f) => (f.field.split('.')[0] ?? '') in form) === true
  return (
    <ConfirmDialog
      title={screen ? t('screens.edit.title', { name: screen.name }) : t('screens.add')}
      go={t('screens.save')}
      fault={problem && !isNamed ? problemText(problem, t) : undefined}
      busy={props.busy}
      onGo={() => props.onSave(form)}
      onClose={props.onClose}
    >
      <Field label={t('screens.name')} hint={t('screens.name.hint')} fault={fault('name')}>
        {(ids) => (
          <input {...ids} maxLength={60} value={form.name} onChange={(e) => set({ name: e.target.value })} />
        )}
      </Field>
      <Field label={t('screens.preset')}>
        {(ids) => (
          <select
            {...ids}
            value={preset?.key ?? ''}
            onChange={(e) => {
              const found = USUAL_SIZES.find((p) => p.key === e.target.value)
              if (found)
                set({
                  widthMm: found.widthMm,
                  heightMm: found.heightMm,
                  widthPx: found.widthPx,
                  tiles: found.tiles,
                })
            }}
          >
            <option value="">{t('screens.preset.own')}</option>
            {USUAL_SIZES.map((p) => (
              <option key={p.key} value={p.key}>
                {t(`screens.preset.${p.key}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className={styles.pair}>
        <Amount
          label={t('screens.width')}
          value={form.widthMm}
          fault={fault('widthMm')}
          onChange={(n) => set({ widthMm: n ?? 0 })}
        />
        <Amount
          label={t('screens.height')}
          value={form.heightMm}
          fault={fault('heightMm')}
          onChange={(n) => set({ heightMm: n })}
        />
        <Amount
          label={t('screens.distance')}
          value={form.viewingDistanceM}
          step={0.1}
          fault={fault('viewingDistanceM')}
          onChange={(n) => set({ viewingDistanceM: n ?? 0 })}
        />
        <Amount
          label={t('screens.pixels')}
          value={form.widthPx}
          fault={fault('widthPx')}
          onChange={(n) => set({ widthPx: n })}
        />
        <Amount
          label={t('screens.tiles.columns')}
          value={form.tiles.columns}
          fault={fault('tiles.columns')}
          onChange={(n) => set({ tiles: { ...form.tiles, columns: n ?? 0 } })}
        />
        <Amount
          label={t('screens.tiles.rows')}
          value={form.tiles.rows}
          fault={fault('tiles.rows')}
          onChange={(n) => set({ tiles: { ...form.tiles, rows: n ?? 0 } })}
        />
      </div>
      <ScreenReading form={form} />
      <div className={styles.pair}>
        <Field label={t('screens.scope')} fault={fault('scope')}>
          {(ids) => (
            <select
              {...ids}
              value={form.scope ?? ''}
              onChange={(e) => set({ scope: e.target.value || null })}
            >
              <option value="">{t('screens.scope.city')}</option>
              {areas.map((a) => (
                <option key={a.code} value={`area:${a.code}`}>
                  {a.name}
                </option>
              ))}
              {departments.map((d) => (
                <option key={d.code} value={`department:${d.code}`}>
                  {d.name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('screens.language')}>
          {(ids) => (
            <select
              {...ids}
              value={form.language ?? ''}
              onChange={(e) => set({ language: (e.target.value || null) as ScreenForm['language'] })}
            >
              <option value="">{t('screens.language.own')}</option>
              <option value="zh-CN" lang="zh-CN">
                中文
              </option>
              <option value="en" lang="en">
                English
              </option>
            </select>
          )}
        </Field>
      </div>
      <label className={styles.tick}>
        <input type="checkbox" checked={form.sound} onChange={(e) => set({ sound: e.target.checked })} />
        {t('screens.sound')}
      </label>
      <PlanField plan={form.plan} problem={problem} onChange={(plan) => set({ plan })} />
    </ConfirmDialog>
  )
}

function Amount(props: {
  label: string
  value: number | null
  step?: number
  fault: string | undefined
  onChange: (n: number | null) => void
}) {
  return (
    <Field label={props.label} fault={props.fault}>
      {(ids) => (
        <input
          {...ids}
          type="number"
          inputMode="decimal"
          min={0}
          step={props.step ?? 1}
          value={props.value ?? ''}
          onChange={(e) => props.onChange(e.target.value === '' ? null : e.target.valueAsNumber)}
        />
      )}
    </Field>
  )
}
