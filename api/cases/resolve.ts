// People, units and cases that a payload names, looked up for `decide`: who is who is the edge's to know.
import type { CaseState, Post } from '#domain/case.ts'
import type { City } from '#domain/city/types.ts'
import type { Command } from '#domain/command.ts'
import type { DecideContext } from '#domain/decision.ts'
import { isRelatedUnit } from '#domain/permission.ts'
import { findAccount } from '#store/accounts.ts'
import { findCase } from '#store/cases.ts'
import type { Store } from '#store/open.ts'
import { invalid } from '../http/problem.ts'

type Resolved = NonNullable<DecideContext['resolved']>

const FIELD_POSTS: readonly Post[] = ['supervisor', 'grid-member']
const UNIT_POSTS: readonly Post[] = ['handler', 'department-officer']

/** @throws 400 naming the field when a reference leads nowhere. */
export async function resolve(
  command: Command,
  { state, city, store }: { state: CaseState; city: City; store: Store },
): Promise<Resolved | undefined> {
  switch (command.action) {
    case 'merge':
      return { into: await mergeTarget(store, command.payload.into) }
    case 'assign':
      return unitOrHandler(command.payload.handler, { state, city, store })
    case 'request-confirm':
    case 'request-check':
    case 'hand-over-task':
      return command.payload.to === undefined
        ? undefined
        : { to: await fieldPerson(store, command.payload.to) }
    default:
      return undefined
  }
}

async function mergeTarget(store: Store, reference: string): Promise<string> {
  const found = await findCase(store, reference)
  if (!found) throw invalid([{ path: '/into', message: `there is no case ${reference}` }])
  // Its own report would end in a case that ended elsewhere: follow it by hand.
  if (['merged', 'rejected', 'voided'].includes(found.state.status))
    throw invalid([
      { path: '/into', message: `${reference} is ${found.state.status}: name a case that stands` },
    ])
  return found.state.id
}

async function fieldPerson(store: Store, reference: string): Promise<string> {
  const account = await findAccount(store, reference)
  if (!account?.posts.some((p) => FIELD_POSTS.includes(p)))
    throw invalid([{ path: '/to', message: `${reference} is nobody who goes on site` }])
  return account.id
}

/** A unit below the lead, or a person of the lead or of a unit below it. */
async function unitOrHandler(
  reference: string,
  { state, city, store }: { state: CaseState; city: City; store: Store },
): Promise<Resolved> {
  if (city.departments.has(reference)) {
    if (reference !== state.department && isBelow(reference, state.department, city))
      return { unit: reference }
    throw invalid([{ path: '/handler', message: `${reference} is not a unit below yours` }])
  }
  const account = await findAccount(store, reference)
  const isTheirs =
    account?.posts.some((p) => UNIT_POSTS.includes(p)) === true &&
    isRelatedUnit(account.department, state.department, city)
  if (!account || !isTheirs)
    throw invalid([{ path: '/handler', message: `${reference} is neither a person nor a unit of yours` }])
  return { handler: account.id }
}

function isBelow(code: string, above: string | undefined, city: City): boolean {
  const seen = new Set<string>()
  for (
    let at: string | undefined = code;
    at !== undefined && !seen.has(at);
    at = city.departments.get(at)?.parent
  ) {
    if (at === above) return true
    seen.add(at)
  }
  return false
}
