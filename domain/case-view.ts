// A case as the API shows it (CONTRACT: "A case"): facts of the state, words of the report, light at an instant.
// Who may see the reporter's name and phone is the caller's decision; here they are only masked or not.
import type { CaseState, RoutingStep } from './case.ts'
import type { City } from './city/types.ts'
import { isoWithOffset } from './city-time.ts'
import { lightOf } from './light.ts'

/** The report's words, from the erasable side table. */
export interface ReportWords {
  description?: string
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

const maskName = (name: string) => name.slice(0, 1) + '*'.repeat(Math.max(1, [...name].length - 1))
const maskPhone = (phone: string) => phone.replace(/\d(?=\d{4})/g, (d, i: number) => (i < 3 ? d : '*'))

export function caseView(state: CaseState, { now, city, words, reporter }: ViewOptions): CaseView {
  const iso = (at: number | undefined) =>
    at === undefined ? undefined : isoWithOffset(at, city.pack.timeZone)
  const area = state.area === undefined ? undefined : city.areas.get(state.area)
  const zone = state.zone === undefined ? undefined : city.zones.get(state.zone)
  const category = state.category === undefined ? undefined : city.categories.get(state.category)
  const condition = state.condition === undefined ? undefined : city.conditions.get(state.condition)
  const light = lightOf(state, now)
  const person = words?.reporter
  return clean({
    id: state.id,
    receiptNo: state.receiptNo,
    caseNo: state.caseNo,
    status: state.status,
    version: state.version,
    no: state.no,
    dispatchMode: state.dispatchMode,
    source: state.source,
    sourceDetail: state.sourceDetail,
    category:
      state.category === undefined
        ? undefined
        : { code: state.category, name: category?.name ?? state.category },
    condition: condition && {
      id: condition.id,
      text: condition.text,
      limit: condition.limit.text,
      closeCondition: condition.closeCondition,
    },
    description: words?.description ?? '',
    erased: words === undefined ? true : undefined,
    location: clean({ lng: state.position.lng, lat: state.position.lat, accuracyM: state.accuracyM }),
    area: area && {
      code: area.code,
      name: area.name,
      path: state.areaPath.map((c) => city.areas.get(c)?.name ?? c),
    },
    zone: zone && { code: zone.code, name: zone.name, kind: zone.kind },
    address: words?.address,
    reporter:
      person === undefined || reporter === 'none'
        ? undefined
        : clean({
            name: person.name === undefined || reporter === 'full' ? person.name : maskName(person.name),
            phone: person.phone === undefined || reporter === 'full' ? person.phone : maskPhone(person.phone),
          }),
    photos: state.photos,
    afterPhotos: state.afterPhotos,
    checkPhotos: state.checkPhotos,
    urgent: state.urgent,
    screening: state.screening,
    routing: state.routing as RoutingStep[] | undefined,
    department: state.department && named(state.department, city),
    coDepartments: state.coDepartments.map((c) => named(c, city)),
    unit: state.unit && named(state.unit, city),
    handler: state.handler,
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
    limit: state.clock?.limit.text,
    warnAt: iso(state.clock?.warnAt),
    dueAt: iso(state.clock?.dueAt),
    light,
    overdue: light === 'red',
    overseen: state.overseen > 0,
    extensions: state.extensions,
    returns: state.returns,
    suspendedUntil: iso(state.suspendedUntil),
    request: state.request && { ...state.request, at: iso(state.request.at) },
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
    selfHandled: state.selfHandled,
    externalSystem: state.externalSystem,
    externalId: state.externalId,
    externalDueAt: iso(state.externalDueAt),
  }) as CaseView
}

const named = (code: string, city: City) => ({ code, name: city.departments.get(code)?.name ?? code })

const clean = (o: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(o).filter(([, v]) => v !== undefined))
