// A report as it comes in, to what the log takes: who may send which, and every reference looked up. Faults are
// collected, not found one at a time.
import { type Actor, isFinal } from '#domain/case.ts'
import type { City } from '#domain/city/types.ts'
import { findCase } from '#store/cases.ts'
import type { Report } from '#store/commander.ts'
import type { Store } from '#store/open.ts'
import { isScreen, sourcesOf } from '../auth/access.ts'
import type { Login } from '../auth/logins.ts'
import { type Fault, invalid, Problem } from '../http/problem.ts'
import { instant } from '../http/validate.ts'
import type { ReportBody } from '../schemas/case.ts'
import { photoFaults } from './photo-faults.ts'
import { looksSwapped, SWAPPED, toPosition } from './position.ts'

/** @throws 401 or 403 when this source is not theirs to report as. */
export function assertMayReport(login: Login | undefined, { source, selfHandle }: ReportBody): void {
  if (!login) {
    if (source !== 'citizen' || selfHandle)
      throw new Problem(401, 'unauthorized', 'without a login only a citizen’s report can be sent')
    return
  }
  if (selfHandle && !(login.actor.posts.includes('grid-member') && source === 'grid'))
    throw new Problem(403, 'forbidden', 'only a grid member closes a report on the spot')
  if (login.via === 'key' && !isScreen(login.actor)) return
  const sources = sourcesOf(login.actor)
  if (sources.includes(source)) return
  throw new Problem(
    403,
    'source-not-yours',
    sources.length === 0
      ? 'this account does not report'
      : `you report as ${sources.join(', ')}, not as ${source}`,
  )
}

/** External ids deduplicate: who can't be trusted with them could otherwise ask for others' cases. */
const mayNameExternal = (login: Login | undefined) =>
  login?.via === 'key' || login?.actor.posts.some((p) => p === 'operator' || p === 'duty-manager') === true

export const actorOf = (login: Login | undefined): Actor => login?.actor ?? { kind: 'anonymous' }

/** @throws 400 with all faults. */
export async function readReport(
  body: ReportBody,
  { store, city, login }: { store: Store; city: City; login: Login | undefined },
): Promise<Report> {
  const faults: Fault[] = []
  if (looksSwapped(body.location, city)) faults.push({ path: '/location', message: SWAPPED })
  if (body.categoryCode !== undefined && !city.categories.has(body.categoryCode))
    faults.push({ path: '/categoryCode', message: `unknown category ${body.categoryCode}` })
  if (body.component !== undefined && !city.components.has(body.component))
    faults.push({ path: '/component', message: `unknown component ${body.component}` })
  if (!mayNameExternal(login))
    for (const field of ['externalSystem', 'externalId', 'externalDueAt'] as const)
      if (body[field] !== undefined)
        faults.push({ path: `/${field}`, message: 'is for other systems’ keys and the centre' })
  const photos = body.photos ?? []
  const after = body.selfHandle?.photos ?? []
  faults.push(...(await photoFaults(store, { '/photos': photos, '/selfHandle/photos': after })))
  const sameAs = body.sameAs === undefined ? undefined : await sameMatter(store, body.sameAs)
  if (sameAs !== undefined && typeof sameAs !== 'string') faults.push(sameAs)
  if (faults.length > 0) throw invalid(faults, codeOf(faults))
  return {
    facts: {
      source: body.source,
      dispatchMode: body.dispatchMode ?? 'assign',
      category: body.categoryCode,
      position: toPosition(body.location),
      accuracyM: body.location.accuracyM,
      photos,
      occurredAt: instant(body.occurredAt),
      component: body.component,
      sameAs: typeof sameAs === 'string' ? sameAs : undefined,
      externalSystem: body.externalSystem,
      externalId: body.externalId,
      externalDueAt: instant(body.externalDueAt),
    },
    words: {
      description: body.description.trim(),
      ...(isText(body.address) ? { address: body.address.trim() } : {}),
      ...(isText(body.sourceDetail) ? { sourceDetail: body.sourceDetail.trim() } : {}),
      ...(body.reporter ? { reporter: body.reporter } : {}),
    },
    device: { capturedAt: instant(body.capturedAt), sentAt: instant(body.sentAt) },
    ...(body.selfHandle ? { selfHandled: { result: body.selfHandle.result.trim(), photos: after } } : {}),
  }
}

/** The id of an open case by its receipt number; a fault for anything else. */
async function sameMatter(store: Store, receiptNo: string): Promise<string | Fault> {
  const found = await findCase(store, receiptNo)
  if (found?.state.receiptNo !== receiptNo)
    return { path: '/sameAs', message: `no case has the receipt number ${receiptNo}` }
  return isFinal(found.state.status)
    ? { path: '/sameAs', message: `${receiptNo} is over: report it without` }
    : found.state.id
}

const isText = (text: string | undefined): text is string => text !== undefined && text.trim() !== ''

/** One fault of a kind with a code of its own keeps that code. */
function codeOf(faults: readonly Fault[]): string {
  const [only, another] = faults
  if (!only || another) return 'invalid'
  if (only.path === '/categoryCode') return 'unknown-category'
  if (only.message === SWAPPED) return 'swapped-coordinates'
  return 'invalid'
}
