// Pages over the whole system with the demo's accounts, and a client of the api for each of them.
import { afterAll, beforeAll } from 'vitest'
import { Client } from '#scripts/traffic/client.ts'
import { startSystem, type System } from '../system.ts'
import { openPages, type Pages } from './open-pages.ts'

const PASSWORD = 'demo'

export interface SystemPages extends Pages {
  readonly system: System
  /** The api as this account has it. */
  as(username: string): Promise<Client>
}

/**
 * Opens and closes them by hooks of the file that calls it.
 * @param env asked when the system is started
 * @param browserArguments asked once it is there
 */
export function systemPages(
  env: () => NodeJS.ProcessEnv | Promise<NodeJS.ProcessEnv> = () => ({}),
  browserArguments?: (system: System) => Promise<string[]>,
): SystemPages {
  let system: System
  const clients = new Map<string, Promise<Client>>()
  beforeAll(async () => {
    system = await startSystem(await env())
  }, 420_000)
  afterAll(() => system?.stop())

  async function logIn(username: string): Promise<Client> {
    const client = new Client(system.url)
    await client.login(username, PASSWORD)
    return client
  }
  return {
    ...openPages(
      () => system.url,
      (context, username) =>
        context.request.post(`${system.url}/api/v1/auth/login`, { data: { username, password: PASSWORD } }),
      async () => (await browserArguments?.(system)) ?? [],
    ),
    as(username) {
      const client = clients.get(username) ?? logIn(username)
      clients.set(username, client)
      return client
    },
    get system() {
      return system
    },
  }
}
