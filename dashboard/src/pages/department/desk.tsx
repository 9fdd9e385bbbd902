// Sections, list and case of a unit's desk, live.
import { useEffect, useMemo, useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import type { CaseJson } from '../../api/cases.ts'
import type { City } from '../../api/city.ts'
import { problemText } from '../../api/problem.ts'
import type { Account } from '../../api/session.ts'
import { CaseRows } from '../../components/case-list/case-rows.tsx'
import { listBindings } from '../../components/case-list/move.ts'
import { byDue, rowOfCase } from '../../components/case-list/row.ts'
import { KeysHelp } from '../../components/keys/keys-help.tsx'
import { useKeys } from '../../components/keys/use-keys.ts'
import { ToLogin } from '../../components/to-login.tsx'
import { UndoBar } from '../../components/undo/undo-bar.tsx'
import { useOutbox } from '../../components/undo/use-outbox.ts'
import { formatTime } from '../../i18n/format.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { useConnection, useFeedView, useFreshness } from '../../live/use-live.ts'
import { sentCount, useQueue } from '../../offline/queue.ts'
import { usePicturesAhead } from '../../offline/use-pictures-ahead.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { actMany, type Done } from './act-many.ts'
import { Bulk } from './bulk.tsx'
import { CallCentre } from './call-centre.tsx'
import { CasePanel } from './case-panel.tsx'
import styles from './department.module.css'
import { EntryNotes } from './entry-notes.tsx'
import { FiguresCard } from './figures-card.tsx'
import { SectionNav } from './section-nav.tsx'
import { entriesOf, firstSection, SECTIONS, type Section } from './sections.ts'
import type { LightStep } from './steps.ts'
import { isBelow, isHandlerOnly, type Me } from './unit.ts'
import { useInbox } from './use-inbox.ts'

interface Light {
  id: string
  step: LightStep
  cases: CaseJson[]
}

export function Desk({ user, me, city }: { user: Account; me: Me; city: City }) {
  const t = useT()
  const language = useLanguage()
  const [path, navigate] = useLocation()
  const [params] = useSearchParams()
  const live = useConnection({ scope: `department:${me.department}` })
  const view = useFeedView(live)
  const fresh = useFreshness(live)
  const [active, setActive] = useState<string>()
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  const [result, setResult] = useState<Done>()
  const [help, setHelp] = useState(false)
  const isHandler = isHandlerOnly(user)
  const inbox = useInbox(me.department, view.revision, isHandler)
  const { lists, reload } = inbox
  const now = fresh.heardAt === undefined ? Date.now() : fresh.claimed
  const queue = useQueue()
  const sent = sentCount(queue)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has got through changes the lists.
  useEffect(reload, [sent, reload])
  const queued = queue.items.flatMap((i) => (i.state === 'waiting' && i.caseId !== undefined ? i.caseId : []))

  const outbox = useOutbox<Light>((light, leaving) => {
    void actMany(light.cases, light.step, undefined, { keepalive: leaving }).then((done) => {
      // One that went well is seen at the case itself.
      setResult(done.failed.length > 0 || done.done.length > 1 ? done : undefined)
      reload()
    })
  })
  const waiting = new Set([...outbox.waiting.flatMap((w) => w.cases.map((c) => c.id)), ...queued])
  const light = (step: LightStep, cases: CaseJson[]) => {
    setResult(undefined)
    setMarked(new Set())
    outbox.add({ id: `${step} ${cases.map((c) => c.id).join()}`, step, cases })
  }

  const entries = useMemo(
    () =>
      lists &&
      entriesOf(lists, {
        me,
        isOurs: (code) => isBelow(code, me.department, city),
      }),
    [lists, me, city],
  )
  usePicturesAhead(
    isHandler ? entries?.flatMap((e) => (e.sections.includes('mine') ? e.c.photos : [])) : undefined,
  )
  const wanted = params.get('section')
  const section: Section = SECTIONS.find((s) => s === wanted) ?? firstSection(entries ?? [], isHandler)
  const open = params.get('case') ?? undefined
  const address = (to: { section?: Section; open?: string | undefined }) => {
    const search = new URLSearchParams({ section: to.section ?? section })
    if (to.open !== undefined) search.set('case', to.open)
    return `${path}?${search}`
  }
  const go = (to: Parameters<typeof address>[0], replace = false) => navigate(address(to), { replace })

  const shown = (entries ?? [])
    .filter((e) => e.sections.includes(section) && !waiting.has(e.c.id))
    .map((entry) => ({ entry, row: rowOfCase(entry.c, city) }))
    .sort((a, b) => byDue(a.row, b.row))
  const byId = new Map(shown.map((s) => [s.row.id, s.entry]))
  const ticked = [...marked].flatMap((id) => byId.get(id) ?? [])
  const mark = (id: string) =>
    setMarked((m) => {
      const next = new Set(m)
      if (!next.delete(id)) next.add(id)
      return next
    })

  const bindings = [
    ...listBindings(
      {
        ids: shown.map((s) => s.row.id),
        active: active ?? open,
        onActive: setActive,
        onOpen: (id) => go({ open: id }),
        onMark: mark,
        onLeave: open === undefined ? undefined : () => go({}),
      },
      t,
    ),
    ...(outbox.waiting.length > 0
      ? [{ key: 'u', label: t('undo.undo'), run: () => void outbox.undo() }]
      : []),
    { key: '?', label: t('list.key.help'), run: () => setHelp(true) },
  ]
  useKeys(bindings)

  if (view.link === 'refused' && !isHandler) return <ToLogin />
  const newest = outbox.waiting.at(-1)
  const openEntry = entries?.find((e) => e.c.id === open)
  return (
    <>
      {fresh.stale && fresh.heardAt !== undefined && (
        <Notice kind="fault">
          {t('dept.stale', { time: formatTime(fresh.heardAt, city.info.timeZone, language) })}
        </Notice>
      )}
      {inbox.keptAt !== undefined && (
        <Notice>{t('dept.kept', { time: formatTime(inbox.keptAt, city.info.timeZone, language) })}</Notice>
      )}
      {inbox.problem && (
        <Notice kind="fault">
          {problemText(inbox.problem, t)} <Button onClick={reload}>{t('action.retry')}</Button>
        </Notice>
      )}
      {result && <Outcome result={result} />}
      {isHandler ? (
        <CallCentre />
      ) : (
        view.board && (
          <FiguresCard board={view.board} now={now} department={me.department} yields={open !== undefined} />
        )
      )}
      {!entries && !inbox.problem && <p role="status">{t('state.loading')}</p>}
      {entries && (
        <div className={open === undefined ? styles.columns : `${styles.columns} ${styles.opened}`}>
          <SectionNav
            entries={entries.filter((e) => !waiting.has(e.c.id))}
            section={section}
            hrefOf={(s) => address({ section: s })}
            onLeave={() => setMarked(new Set())}
          />
          <div className={styles.middle}>
            <div className={styles.listHead}>
              <h2>
                {t(`dept.section.${section}`)} <span>{shown.length}</span>
              </h2>
              {shown.length > 1 && (
                <Button
                  className={styles.small}
                  onClick={() => setMarked(ticked.length > 0 ? new Set() : new Set(byId.keys()))}
                >
                  {t(ticked.length > 0 ? 'dept.unmark' : 'dept.mark-all')}
                </Button>
              )}
              {shown.length > 0 && (
                <Button className={styles.small} onClick={() => window.print()}>
                  {t('list.print')}
                </Button>
              )}
            </div>
            {section === 'replied' && <p className={styles.promise}>{t('dept.not-against')}</p>}
            {ticked.length > 0 && (
              <Bulk
                marked={ticked}
                me={me}
                city={city}
                camera={isHandler}
                onLight={light}
                onDone={(done) => {
                  setResult(done)
                  setMarked(new Set(done.failed.map((f) => f.c.id)))
                  reload()
                }}
              />
            )}
            {shown.length === 0 ? (
              <p className={styles.empty}>{t(`dept.empty.${section}`)}</p>
            ) : (
              <CaseRows
                rows={shown.map((s) => s.row)}
                timeZone={city.info.timeZone}
                now={now}
                hrefOf={(id) => address({ open: id })}
                active={active}
                open={open}
                marked={marked}
                onMark={mark}
                isBrief
                label={t(`dept.section.${section}`)}
                extra={(row) => {
                  const entry = byId.get(row.id)
                  return entry && <EntryNotes entry={entry} me={me} now={now} city={city} />
                }}
              />
            )}
          </div>
          {open === undefined ? (
            <p className={styles.pick}>{t('dept.pick')}</p>
          ) : (
            <CasePanel
              key={open}
              id={open}
              no={openEntry?.c.no}
              kept={openEntry?.c}
              me={me}
              city={city}
              now={now}
              camera={isHandler}
              pending={waiting.has(open)}
              queued={queued.includes(open)}
              onLight={light}
              onActed={reload}
              onBack={() => go({})}
            />
          )}
        </div>
      )}
      <UndoBar
        label={newest && t(`dept.undo.${newest.step}`, { n: newest.cases.length })}
        id={newest?.id}
        n={outbox.waiting.length}
        hint="u"
        onUndo={() => void outbox.undo()}
      />
      {help && <KeysHelp bindings={bindings} onClose={() => setHelp(false)} />}
    </>
  )
}

function Outcome({ result }: { result: Done }) {
  const t = useT()
  const { done, failed } = result
  return (
    <Notice kind={failed.length > 0 ? 'fault' : 'info'}>
      {done.length > 0 && <p>{t('dept.done.n', { n: done.length })}</p>}
      {failed.length > 0 && <p>{t('dept.failed.n', { n: failed.length })}</p>}
      {failed.map(({ c, problem }) => (
        <p key={c.id}>
          {t('dept.failed.one', {
            number: c.caseNo ?? c.receiptNo,
            why: problem.status === 409 ? t('dept.taken-by-other') : problemText(problem, t),
          })}
        </p>
      ))}
    </Notice>
  )
}
