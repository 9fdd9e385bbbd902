// The form of a report. Whatever is put in is on the device at once; the button hands it to the queue, which sends it when
// there is a network. The phone's position is asked for while the photo is taken, so that nobody waits for it.
import { useEffect, useState } from 'react'
import type { Source } from '#domain/case.ts'
import { useCategories } from '../../api/city.ts'
import { PhotoTaker } from '../../components/capture/photo-taker.tsx'
import { useLocalPhoto } from '../../components/capture/local-photo.tsx'
import { PlaceField } from '../../components/capture/place-field.tsx'
import { usePlace } from '../../components/capture/use-place.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { PhoneFrame } from '../../components/phone/phone-frame.tsx'
import { useT } from '../../i18n/translate.ts'
import type { Person } from '../../offline/person.ts'
import { enqueue } from '../../offline/queue.ts'
import { dropPhoto } from '../../offline/store.ts'
import { useDraft } from '../../offline/use-draft.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { showFirstFault } from '../../ui/first-fault.ts'
import { Notice } from '../../ui/notice.tsx'
import { CategoryPicker } from './category-picker.tsx'
import { bodyOf, changed, type Draft, EMPTY, type Missing, missingIn, photosOf, takesOver } from './draft.ts'
import { NearbyCases } from './nearby-cases.tsx'
import { rememberCategory } from './recent.ts'
import { Sent } from './sent.tsx'
import styles from './report-page.module.css'

export const DRAFT_KEY = 'report'
const MOST_PHOTOS = 9

export function ReportForm(props: {
  person: Person
  source: Source
  maySelfHandle: boolean
  onAgain: () => void
  onEdit: (id: string) => void
}) {
  const t = useT()
  const { person, source, maySelfHandle } = props
  const { draft, change: write, clear, settled } = useDraft<Draft>(DRAFT_KEY, EMPTY)
  const [isChecked, setIsChecked] = useState(false)
  const [isKeeping, setIsKeeping] = useState(false)
  const [fault, setFault] = useState<string>()
  const [isDiscarding, setIsDiscarding] = useState(false)
  const [kept, setKept] = useState<{ id: string; sameAs: string | undefined }>()
  const categories = useCategories()
  const change = (part: Partial<Draft>) => write((d) => changed(d, part, Date.now()))
  const device = usePlace(source !== 'hotline' && kept === undefined)
  useDevicePlace(draft, device.place, (place) => change({ place }))
  const before = useLocalPhoto(draft?.photos[0])

  if (kept) return <Sent id={kept.id} sameAs={kept.sameAs} person={person} onAgain={props.onAgain} />
  if (!draft) return null
  const missing = isChecked ? missingIn(draft, source) : []
  const lacks = (what: Missing, words: string) => (missing.includes(what) ? words : undefined)
  const category = categories?.find((c) => c.code === draft.categoryCode)
  const isEmpty = draft.photos.length === 0 && draft.description === '' && draft.categoryCode === undefined

  const discard = async () => {
    await clear(true)
    for (const id of [...draft.photos, ...draft.afterPhotos]) await dropPhoto(id)
  }
  const submit = async () => {
    setIsChecked(true)
    if (missingIn(draft, source).length > 0) return showFirstFault()
    setIsKeeping(true)
    const words = {
      same: t('nearby.words', { no: draft.sameAs ?? '' }),
      category: t('report.say.default', { category: category?.name ?? draft.categoryCode ?? '' }),
      selfHandled: t('report.self.words'),
    }
    try {
      await settled()
      const body = bodyOf(draft, source, words)
      const item = await enqueue(
        {
          kind: 'report',
          account: person.user?.id,
          path: '/cases',
          body,
          photos: photosOf(draft),
          title: category?.name ?? draft.description.trim(),
        },
        DRAFT_KEY,
      )
      if (draft.categoryCode !== undefined) rememberCategory(draft.categoryCode)
      await clear(false)
      setKept({ id: item.id, sameAs: draft.isSelfHandled ? undefined : draft.sameAs })
    } catch (error) {
      setFault(t('phone.store-fault', { reason: error instanceof Error ? error.message : String(error) }))
    }
    setIsKeeping(false)
  }

  return (
    <PhoneFrame
      page="/report"
      title={t('report.title')}
      person={person}
      onEdit={props.onEdit}
      action={
        <Button kind="primary" disabled={isKeeping} onClick={() => void submit()}>
          {t(draft.isSelfHandled ? 'report.submit-self' : 'report.submit')}
        </Button>
      }
    >
      <form className={styles.form} noValidate onSubmit={(event) => event.preventDefault()}>
        {person.user === undefined && <p className={styles.quiet}>{t('report.anonymous')}</p>}
        <Part label={t('report.photo')} fault={lacks('photo', t('photo.need'))}>
          <PhotoTaker
            label={t('report.photo')}
            value={draft.photos}
            most={MOST_PHOTOS}
            position={device.place}
            onChange={(photos) => change({ photos })}
          />
        </Part>
        <Part label={t('report.where')} fault={lacks('place', t('report.need-position'))}>
          <PlaceField
            value={draft.place}
            device={device}
            onChange={(place) =>
              change({
                place,
                ...(place?.name !== undefined && draft.address === '' ? { address: place.name } : {}),
              })
            }
          />
        </Part>
        <Field
          label={t('report.category')}
          hint={draft.categoryCode === undefined ? t('pick.unsure') : undefined}
          fault={lacks('words', t('report.need-category'))}
        >
          {(ids) => (
            <CategoryPicker
              ids={ids}
              value={draft.categoryCode}
              onChange={(categoryCode) => change({ categoryCode })}
            />
          )}
        </Field>
        {!draft.isSelfHandled && (
          <NearbyCases
            location={draft.place}
            categoryCode={draft.categoryCode}
            chosen={draft.sameAs}
            onChoose={(sameAs) => change({ sameAs })}
          />
        )}
        {maySelfHandle && (
          <section className={styles.self} aria-label={t('report.self')}>
            <label>
              <input
                type="checkbox"
                checked={draft.isSelfHandled}
                onChange={(e) => change({ isSelfHandled: e.target.checked })}
              />
              {t('report.self')}
            </label>
            {draft.isSelfHandled && (
              <>
                <p className={styles.quiet}>{t('report.self.note')}</p>
                <Part label={t('report.self.after')} fault={lacks('after', t('report.self.need'))}>
                  <PhotoTaker
                    label={t('report.self.after')}
                    value={draft.afterPhotos}
                    most={3}
                    position={device.place}
                    before={before}
                    onChange={(afterPhotos) => change({ afterPhotos })}
                  />
                </Part>
              </>
            )}
          </section>
        )}
        <Field
          label={t(draft.categoryCode === undefined ? 'report.say' : 'report.say.optional')}
          hint={t('report.say.hint')}
        >
          {(ids) => (
            <textarea
              {...ids}
              rows={2}
              maxLength={2000}
              value={draft.description}
              onChange={(e) => change({ description: e.target.value })}
            />
          )}
        </Field>
        <Field label={t('report.address')}>
          {(ids) => (
            <input
              {...ids}
              maxLength={500}
              value={draft.address}
              onChange={(e) => change({ address: e.target.value })}
            />
          )}
        </Field>
        {fault !== undefined && <Notice kind="fault">{fault}</Notice>}
        {!isEmpty && <Button onClick={() => setIsDiscarding(true)}>{t('report.discard-draft')}</Button>}
      </form>
      {isDiscarding && (
        <ConfirmDialog
          title={t('report.discard-draft')}
          go={t('report.discard-draft')}
          onGo={() => {
            setIsDiscarding(false)
            void discard()
          }}
          onClose={() => setIsDiscarding(false)}
        >
          <p>{t('report.discard-draft.ask')}</p>
        </ConfirmDialog>
      )}
    </PhoneFrame>
  )
}

/** Takes the device's place over as long as it may stand in the report. */
function useDevicePlace(
  draft: Draft | undefined,
  found: { lng: number; lat: number; accuracyM: number } | undefined,
  onPlace: (place: NonNullable<Draft['place']>) => void,
): void {
  const isTaken = draft !== undefined && found !== undefined && takesOver(draft, found)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each place found.
  useEffect(() => {
    if (!found || !isTaken) return
    const { lng, lat, accuracyM } = found
    onPlace({ lng, lat, accuracyM, by: 'device' })
  }, [found, isTaken])
}

function Part(props: { label: string; fault: string | undefined; children: React.ReactNode }) {
  return (
    <section className={styles.part} aria-label={props.label}>
      <h2>{props.label}</h2>
      {props.children}
      {props.fault !== undefined && (
        <p className={styles.fault} role="alert">
          {props.fault}
        </p>
      )}
    </section>
  )
}
