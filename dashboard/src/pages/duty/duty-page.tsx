// The centre's desk 值班台 for the duty manager, operators, dispatchers and the head: one page, everything by keyboard; what
// is decided is shared by all its views, and nobody takes up what somebody else has in hand.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Link, Redirect, useLocation } from 'wouter'
import type { BoardCase } from '#domain/board.ts'
import type { Post } from '#domain/case.ts'
import { useCity } from '../../api/city.ts'
import { problemText } from '../../api/problem.ts'
import { useSession, type Account } from '../../api/session.ts'
import { KeysHelp } from '../../components/keys/keys-help.tsx'
import type { KeyBinding } from '../../components/keys/keys.ts'
import { useKeys } from '../../components/keys/use-keys.ts'
import { PageShell } from '../../components/page-shell.tsx'
import { ToLogin } from '../../components/to-login.tsx'
import { UndoBar } from '../../components/undo/undo-bar.tsx'
import { formatTime } from '../../i18n/format.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { useSeats } from '../../live/seats.ts'
import { useConnection, useFeedView, useFreshness } from '../../live/use-live.ts'
import { Notice } from '../../ui/notice.tsx'
import { DeskToWall } from '../wall-control/to-wall.tsx'
import { Alerts } from './alerts.tsx'
import { ClosingWall } from './closing-wall.tsx'
import { DeskContext, type Desk as DeskValue } from './desk-context.ts'
import styles from './duty-page.module.css'
import { FilingGrid } from './filing-grid.tsx'
import { queuesOf } from './model/queue.ts'
import { DESK_KEYS } from './model/steps.ts'
import { QueueView } from './queue-view.tsx'
import { PhoneReport } from './report/phone-report.tsx'
import { RotaView } from './rota/rota-view.tsx'
import { SEARCH_ID, SearchBox } from './search-box.tsx'
import { useItems } from './use-items.ts'
import { printOf, useSteps } from './use-steps.ts'

const CENTRE: readonly Post[] = ['operator', 'dispatcher', 'duty-manager', 'head']
const VIEWS = ['queue', 'filing', 'closing', 'report', 'rota'] as const
type View = (typeof VIEWS)[number]
/** Letters that no decision has. */
const VIEW_KEYS: Record<View, string> = {
  queue: 'q',
  filing: 'b',
  closing: 'y',
  report: DESK_KEYS.report,
  rota: '\\',
}
const pathOf = (view: View) => (view === 'queue' ? '/duty' : `/duty/${view}`)

export function DutyPage({ view }: { view: string | undefined }) {
  const t = useT()
  const { user, problem } = useSession()
  if (problem?.status === 401) return <ToLogin />
  const shown = VIEWS.find((v) => v === (view ?? 'queue'))
  if (shown === undefined) return <Redirect to="/duty" replace />
  const isCentre = user?.posts.some((p) => CENTRE.includes(p))
  return (
    <PageShell title={t('centre.title')} user={user} width="full">
      {problem && <Notice kind="fault">{problemText(problem, t)}</Notice>}
      {user && !isCentre && <Notice kind="fault">{t('centre.not-yours')}</Notice>}
      {user && isCentre && <Desk user={user} view={shown} />}
    </PageShell>
  )
}

function Desk({ user, view }: { user: Account; view: View }) {
  const t = useT()
  const language = useLanguage()
  const [, navigate] = useLocation()
  const city = useCity()
  const live = useConnection({ scope: 'city' })
  const feed = useFeedView(live)
  const fresh = useFreshness(live)
  const [asked, setAsked] = useState<string>()
  const [help, setHelp] = useState(false)
  const [wanted, setWanted] = useState<{ inHand: string[]; soon: string[] }>({ inHand: [], soon: [] })
  const bindings = useRef<readonly KeyBinding[]>([])

  const board = useMemo(() => feed.board?.cases ?? new Map<string, BoardCase>(), [feed.board])
  const now = Math.floor(fresh.claimed / 10_000) * 10_000
  // biome-ignore lint/correctness/useExhaustiveDependencies: the board is mutated in place; its revision is what changes.
  const queues = useMemo(() => queuesOf(board.values(), user.posts, now), [board, feed.revision, user, now])

  const renew = useRef<(id: string) => void>(() => {})
  const steps = useSteps(useCallback((id: string) => renew.current(id), []))
  const items = useItems(
    [...(asked === undefined ? [] : [asked]), ...wanted.inHand, ...wanted.soon].filter(unique).map((id) => {
      const c = board.get(id)
      return { id, print: c ? printOf(c) : 'off' }
    }),
  )
  renew.current = items.renew
  const pending = steps.waiting.map((d) => d.caseId)
  const seats = useSeats([...wanted.inHand, ...pending].filter(unique))

  const wants = useCallback((inHand: readonly BoardCase[], soon: readonly BoardCase[]) => {
    const next = { inHand: inHand.map((c) => c.id), soon: soon.map((c) => c.id) }
    setWanted((w) => (JSON.stringify(w) === JSON.stringify(next) ? w : next))
  }, [])
  const open = useCallback(
    (id: string | undefined) => {
      setAsked(id)
      if (id !== undefined) navigate('/duty')
    },
    [navigate],
  )
  const onBindings = useCallback((own: KeyBinding[]) => {
    bindings.current = own
  }, [])
  // A case that was asked for goes once it is decided; the queue comes back.
  useEffect(() => {
    if (asked !== undefined && pending.includes(asked)) setAsked(undefined)
  }, [asked, pending])

  const all = (): KeyBinding[] => [
    ...(view === 'report' || view === 'rota' ? [] : bindings.current),
    {
      key: DESK_KEYS.search,
      label: t('centre.search'),
      run: () => document.getElementById(SEARCH_ID)?.focus(),
    },
    { key: DESK_KEYS.undo, label: t('undo.undo'), run: () => open(steps.undo()) },
    ...VIEWS.map((v) => ({
      key: VIEW_KEYS[v],
      label: t(`centre.view.${v}`),
      run: () => navigate(pathOf(v)),
    })),
    {
      key: 'escape',
      label: t('centre.back'),
      run: () => (asked === undefined ? navigate('/duty') : setAsked(undefined)),
    },
    { key: DESK_KEYS.help, label: t('keys.title'), run: () => setHelp(true) },
  ]
  useKeys(all)

  const urgent = useMemo(() => queues.find((q) => q.kind === 'urgent')?.cases ?? [], [queues])
  const nameOf = useCallback(
    (c: BoardCase) =>
      [city?.category(c.category) ?? t('category.none'), city?.place(c.areaPath, c.area)]
        .filter(Boolean)
        .join(' · '),
    [city, t],
  )
  if (feed.link === 'refused') return <ToLogin />
  if (!city || !feed.board) return <p role="status">{t('state.loading')}</p>
  const newest = steps.waiting.at(-1)
  const desk: DeskValue = { user, city, now, queues, board, steps, seats, items, wants, open }
  const count: Partial<Record<View, number>> = {
    queue: queues.reduce((n, q) => n + q.cases.length, 0),
    filing: sizeOf(queues, ['urgent', 'file', 'accept']),
    closing: sizeOf(queues, ['close', 'rework']),
  }
  return (
    <DeskContext.Provider value={desk}>
      <div className={styles.desk}>
        <div className={styles.bar}>
          <nav className={styles.views} aria-label={t('centre.views')}>
            {VIEWS.map((v) => (
              <Link
                key={v}
                href={pathOf(v)}
                aria-current={v === view ? 'page' : undefined}
                className={styles.view}
              >
                {t(`centre.view.${v}`)}
                {count[v] !== undefined && <b>{count[v]}</b>}
              </Link>
            ))}
          </nav>
          <SearchBox />
          <Alerts urgent={urgent} nameOf={nameOf} />
          <button type="button" className={`${styles.tool} ${styles.keys}`} onClick={() => setHelp(true)}>
            {t('keys.title')} ?
          </button>
          <DeskToWall user={user} />
        </div>
        {fresh.stale && fresh.heardAt !== undefined && (
          <Notice kind="fault">
            {t('desk.stale', { time: formatTime(fresh.heardAt, city.info.timeZone, language) })}
          </Notice>
        )}
        {steps.refused.map((r) => (
          <Notice key={r.id} kind="fault">
            {t('centre.refused', { what: r.label, why: problemText(r.problem, t) })}{' '}
            <button type="button" className={styles.link} onClick={() => open(r.caseId)}>
              {t('centre.full')}
            </button>{' '}
            <button type="button" className={styles.link} onClick={() => steps.dismiss(r.id)}>
              {t('action.close')}
            </button>
          </Notice>
        ))}
        <div className={styles.shown}>
          {view === 'queue' && <QueueView asked={asked} onBindings={onBindings} />}
          {view === 'filing' && <FilingGrid onBindings={onBindings} />}
          {view === 'closing' && <ClosingWall onBindings={onBindings} />}
          {view === 'report' && <PhoneReport />}
          {view === 'rota' && <RotaView />}
        </div>
      </div>
      <UndoBar
        label={newest?.label}
        id={newest?.id}
        n={steps.waiting.length}
        hint={DESK_KEYS.undo}
        onUndo={() => open(steps.undo())}
      />
      {help && <KeysHelp bindings={all()} onClose={() => setHelp(false)} />}
    </DeskContext.Provider>
  )
}

const unique = (id: string, i: number, all: readonly string[]) => all.indexOf(id) === i
const sizeOf = (queues: readonly { kind: string; cases: readonly unknown[] }[], kinds: readonly string[]) =>
  queues.filter((q) => kinds.includes(q.kind)).reduce((n, q) => n + q.cases.length, 0)
