// Who works here: the demo's accounts by post, unit and area, each logged in when first needed.
import { pick } from '../life/chance.ts'
import { ApiError, Client } from './client.ts'

interface Account {
  id: string
  username: string
  name: string
  posts: string[]
  department?: string
  areas: string[]
  disabledAt?: string
}

export interface Staff {
  admin: Client
  /** Somebody of a post; of several, one fixed by the seed. */
  post(post: string, seed: string): Promise<Client | undefined>
  /** How those of a post are called. */
  names(post: string): string[]
  /** An officer of a unit. */
  officer(department: string, seed: string): Promise<Client | undefined>
  /** By account id, as tasks name their holder. */
  byId(account: string): Promise<Client | undefined>
  /** A grid member of this grid, else one who answers for the whole city. */
  gridMember(path: readonly string[], seed: string): Promise<Client | undefined>
  /** Username of a supervisor for these areas who works at this minute of the day; undefined when only the lead is left. */
  supervisorFor(path: readonly string[], minute: number, seed: string): string | undefined
  /** Usernames of the supervisors whose shift it is at this minute of the day; the leads work both. */
  onShift(minute: number): string[]
  /** Usernames of all of them. */
  supervisors: readonly string[]
  byName(username: string): Promise<Client>
  /** Supervisors without bounds: they distribute what comes to them. */
  isLead(account: string): boolean
}

const PASSWORD = 'demo'
/** 07:30–14:30 and 14:30–21:00, as minutes of the day. */
const EARLY = [450, 870] as const
const LATE = [870, 1260] as const

export async function openStaff(baseUrl: string): Promise<Staff> {
  const clients = new Map<string, Promise<Client>>()
  const login = (username: string): Promise<Client> => {
    const known = clients.get(username)
    if (known) return known
    const made = (async () => {
      const client = new Client(baseUrl)
      await client.login(username, PASSWORD)
      return client
    })()
    clients.set(username, made)
    // A login that failed for now must not be remembered.
    made.catch(() => clients.delete(username))
    return made
  }
  const admin = await login('admin')
  const { items } = await admin.get<{ items: Account[] }>('/accounts')
  const active = items.filter((a) => a.disabledAt === undefined)
  const of = (post: string) => active.filter((a) => a.posts.includes(post))
  const byId = new Map(active.map((a) => [a.id, a]))
  const supervisors = of('supervisor')
  const isBound = (a: Account) => a.areas.length > 0
  const bound = supervisors.filter(isBound)
  const covers = (a: Account, path: readonly string[]) => a.areas.some((area) => path.includes(area))
  const one = async (from: readonly Account[], seed: string): Promise<Client | undefined> =>
    from.length === 0 ? undefined : login(pick(from, seed, 'who').username)
  const isShift = ([from, to]: readonly [number, number], minute: number) => minute >= from && minute < to
  const boundOnShift = (minute: number) => bound.filter((_, i) => isShift(i % 2 === 0 ? EARLY : LATE, minute))
  return {
    admin,
    byName: login,
    supervisors: supervisors.map((a) => a.username),
    onShift(minute) {
      const leads =
        isShift(EARLY, minute) || isShift(LATE, minute) ? supervisors.filter((a) => !isBound(a)) : []
      return [...leads, ...boundOnShift(minute)].map((a) => a.username)
    },
    names: (post) => of(post).map((a) => a.name),
    post: (post, seed) => one(of(post), seed),
    officer: (department, seed) =>
      one(
        of('department-officer').filter((a) => a.department === department),
        seed,
      ),
    async byId(id) {
      const account = byId.get(id)
      return account && login(account.username)
    },
    gridMember(path, seed) {
      const members = of('grid-member')
      const local = members.filter((a) => covers(a, path))
      return one(local.length > 0 ? local : members.filter((a) => !isBound(a)), seed)
    },
    supervisorFor(path, minute, seed) {
      const onShift = boundOnShift(minute)
      const local = onShift.filter((a) => covers(a, path))
      const able = local.length > 0 ? local : onShift
      return able.length === 0 ? undefined : pick(able, seed, 'supervisor').username
    },
    isLead: (id) => {
      const account = byId.get(id)
      return account !== undefined && !isBound(account) && bound.length > 0
    },
  }
}

/** Somebody, or a rule, was faster: a demo is there to be played with. */
export const isTaken = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 409 || error.status === 403)
