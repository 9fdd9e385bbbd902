// A case as the API shows it (CONTRACT: "A case"): facts of the state, words of the report, light at an instant.
// Who may see the reporter's name and phone is the caller's decision; here they are only masked or not.
import { afterPhotosOf } from './after-photos.ts'
import type { CaseState, RoutingStep, Screening } from './case.ts'
import type { City } from './city/types.ts'
import { isoWithOffset } from './city-time.ts'
import { ladderOf } from './escalation.ts'
import type { Finding } from './finding.ts'
import { leadingDueAt, leadingLight } from './leading-due.ts'
import { isLate, isOverdue, lightOf } from './light.ts'

/** The report's words, from the erasable side table. */
export interface ReportWords {
  description?: string
  /** Who or where exactly, in free words. */
  sourceDetail?: string
  address?: string
  reporter?: { name?: string; phone?: string }
}

export type CaseView = Record<string, unknown> & {
  id: string
  receiptNo: string
  status: string
  version: number
}

export interface ViewOptions {
  now: number
  city: City
  words: ReportWords | undefined
  /** `full`, `masked` (王** 138****0000) or `none`. */
  reporter: 'full' | 'masked' | 'none'
}

function maskName(name: string): string {
  const [first = '', ...rest] = name
  return first + '*'.repeat(Math.max(1, rest.length))
}

/** Keeps the last four digits, and of a mobile number the first three; however it is written. */
function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/gu, '').length
  const head = digits >= 11 ? 3 : 0
  const tail = digits > 4 ? 4 : 0
  let i = 0
  return phone.replace(/\d/gu, (d) => {
    i += 1
    return i <= head || i > digits - tail ? d : '*'
  })
}

/** The reporter as somebody may see him; undefined when not at all, or when nothing is known. */
export function maskedReporter(
  person: ReportWords['reporter'],
  reporter: ViewOptions['reporter'],
): ReportWords['reporter'] {
  if (person === undefined || reporter === 'none') return undefined
  const { name, phone } = person
  return {
    ...(name === undefined ? {} : { name: reporter === 'full' ? name : maskName(name) }),
    ...(phone === undefined ? {} : { phone: reporter === 'full' ? phone : maskPhone(phone) }),
  }
}

/** The city's own word for a rung; its id, where the ladder no longer has it. */
const rungName = (id: string, { pack }: City): string =>
  ladderOf(pack.policies).find((r) => r.id === id)?.name ?? id

const findingView = ({ code, because, zh, facts }: Finding) =>
  clean({ code, zh, en: because, facts: facts && { ...facts } })

const screeningView = ({ findings, ...found }: Screening) =>
  clean({ ...found, findings: findings?.map(findingView) })

export function caseView(state: CaseState, { now, city, words, reporter }: ViewOptions): CaseView {
  const iso = (at: number | undefined) =>
    at === undefined ? undefined : isoWithOffset(at, city.pack.timeZone)
  const area = state.area === undefined ? undefined : city.areas.get(state.area)
  const zone = state.zone === undefined ? undefined : city.zones.get(state.zone)
  const category = state.category === undefined ? undefined : city.categories.get(state.category)
  const condition = state.condition === undefined ? undefined : city.conditions.get(state.condition)
  const unitName = (code: string | undefined) => code && (city.departments.get(code)?.name ?? code)
  return clean({
    id: state.id,
    receiptNo: state.receiptNo,
    caseNo: state.caseNo,
    status: state.status,
    version: state.version,
    no: state.no,
    dispatchMode: state.dispatchMode,
    source: state.source,
    sourceDetail: words?.sourceDetail,
    category:
      state.category === undefined
        ? undefined
        : { code: state.category, name: category?.name ?? state.category },
    condition: state.condition,
    conditionText: condition?.text,
    closeCondition: condition?.closeCondition,
    description: words?.description ?? '',
    erased: words === undefined ? true : undefined,
    location: clean({ lng: state.position.lng, lat: state.position.lat, accuracyM: state.accuracyM }),
    area: area && {
      code: area.code,
      name: area.name,
      path: state.areaPath.map((c) => city.areas.get(c)?.name ?? c),
    },
    zone: state.zone,
    zoneName: zone?.name,
    zoneKind: zone?.kind,
    address: words?.address,
    reporter: maskedReporter(words?.reporter, reporter),
    photos: state.photos,
    afterPhotos: afterPhotosOf(state),
    checkPhotos: state.checkPhotos,
    urgent: state.urgent,
    component: state.component ?? state.screening?.component?.code,
    screening: state.screening && screeningView(state.screening),
    replyFindings: state.replyFindings?.map(findingView),
    device: state.device && {
      verdict: state.device.verdict,
      capturedAt: iso(state.device.capturedAt),
      claimedAt: iso(state.device.claimedAt),
      counts: state.device.counts,
    },
    routing: state.routing as RoutingStep[] | undefined,
    department: state.department,
    departmentName: unitName(state.department),
    coDepartments: state.coDepartments,
    unit: state.unit,
    unitName: unitName(state.unit),
    handler: state.handler,
    unitDueAt: iso(state.unitDueAt),
    round: state.round,
    reportedAt: iso(state.reportedAt),
    occurredAt: iso(state.occurredAt),
    acceptedAt: iso(state.acceptedAt),
    filedAt: iso(state.filedAt),
    dispatchedAt: iso(state.dispatchedAt),
    acknowledgedAt: iso(state.acknowledgedAt),
    repliedAt: iso(state.repliedAt),
    checkedAt: iso(state.checkedAt),
    closedAt: iso(state.closedAt),
    outcome: state.outcome,
    rejection: state.rejection,
    limit: state.clock?.limit.text ?? condition?.limit.text,
    warnAt: iso(state.clock?.warnAt),
    dueAt: iso(state.clock?.dueAt),
    leadingDueAt: iso(leadingDueAt(state)),
    light: lightOf(state, now),
    leadingLight: leadingLight(state, now, city.pack.policies.warnShare),
    overdue: isOverdue(state, now),
    late: isLate(state),
    overseen: state.overseen > 0,
    oversights: state.oversights?.map((o) =>
      clean({ by: o.by, at: iso(o.at), dueAt: iso(o.dueAt), answeredAt: iso(o.answeredAt) }),
    ),
    escalations: state.escalations?.map((e) => ({ ...e, name: rungName(e.rung, city), at: iso(e.at) })),
    papersOwed: state.papersOwed,
    falseReplies: state.falseReplies,
    coAnswers: state.coAnswers?.map((a) =>
      clean({
        department: a.department,
        departmentName: unitName(a.department),
        signedAt: iso(a.signedAt),
        arrivedAt: iso(a.arrivedAt),
        answeredAt: iso(a.answeredAt),
      }),
    ),
    followUp: state.followUp,
    extensions: state.extensions,
    returns: state.returns,
    lastReturn: state.lastReturn && clean({ ...state.lastReturn, at: iso(state.lastReturn.at) }),
    suspendedUntil: iso(state.suspendedUntil),
    request: state.request && {
      ...state.request,
      at: iso(state.request.at),
      ...('until' in state.request ? { until: iso(state.request.until) } : {}),
    },
    duplicateOf: state.duplicateOf,
    waitsFor: state.waitsFor && { ...state.waitsFor, since: iso(state.waitsFor.since) },
    tasks: state.tasks.map((t) => ({
      id: t.id,
      kind: t.kind,
      status: t.status,
      assignee: t.assignee,
      dueAt: iso(t.dueAt),
      result: t.result,
    })),
    satisfaction: state.satisfaction,
    appeals:
      state.appeals.length === 0
        ? undefined
        : state.appeals.map((a) => clean({ about: a.about, at: iso(a.at), granted: a.granted })),
    selfHandled: state.selfHandled,
    externalSystem: state.externalSystem,
    externalId: state.externalId,
    externalDueAt: iso(state.externalDueAt),
  }) as CaseView
}

/** Absent is absent. A loop: this is written for every case that is shown. */
function clean(o: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const key in o) if (o[key] !== undefined) kept[key] = o[key]
  return kept
}
