// Channels to the outside: made, changed, switched off and removed by the administrator of the system. What is secret comes
// in and never goes out again; a webhook's signing secret is made here and told once.
import { randomBytes } from 'node:crypto'
import Type, { type Static } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import { isoWithOffset } from '#domain/city-time.ts'
import {
  CHANNEL_CHANGE,
  type ChannelKind,
  type ChannelParts,
  type ChannelSecrets,
  channelFaults,
  NEW_CHANNEL,
  targetOf,
  withGiven,
} from '#domain/delivery/channel.ts'
import { DAY_MS } from '#domain/days.ts'
import {
  addChannel,
  type ChannelCounts,
  changeChannel,
  findChannel,
  listChannels,
  removeChannel,
  type StoredChannel,
} from '#store/channels.ts'
import { addressIn, parseAllowed } from '#store/outside-address.ts'
import { channelSeal, type Seal } from '#store/sealed.ts'
import { audit } from '../auth/audit.ts'
import { requireLogin } from '../auth/plugin.ts'
import { systemAdmins } from '../auth/route-access.ts'
import type { App, ApiDeps } from '../deps.ts'
import { type Fault, invalid, Problem, problems } from '../http/problem.ts'
import { Id, Items, ref } from '../schemas/common.ts'
import { CHANNEL } from '../schemas/delivery.ts'

const ById = Type.Object({ id: Type.String({ maxLength: 64 }) })
const DONE = Type.Null({ description: 'Done' })
const MADE = Type.Object({
  id: Id(),
  secret: Type.Optional(
    Type.String({ description: 'webhook: what its deliveries are signed with; told this once' }),
  ),
})
/** How long the secret before still signs, so that receivers can change over. */
const CHANGE_OVER_MS = DAY_MS

const newSigning = () => `whsec_${randomBytes(32).toString('base64')}`

export const noChannel = () => new Problem(404, 'not-found', 'there is no such channel')

export function channelRoutes(app: App, deps: ApiDeps): void {
  const { store, runtime, config } = deps
  const schema = (summary: string, response: object) => ({ tags: ['delivery'], summary, response })

  /** @throws 503 without a secret to seal with. */
  function sealOf(): Seal {
    const seal = channelSeal(config.sessionSecret)
    if (!seal)
      throw new Problem(
        503,
        'no-secret',
        'channels keep secrets, which need SESSION_SECRET: set it for every process and start them again',
      )
    return seal
  }

  /** @throws 400 */
  async function check(kind: ChannelKind, parts: ChannelParts): Promise<void> {
    const faults = [...channelFaults(kind, parts, await runtime.cityFor()), ...placeFaults(kind, parts)]
    if (faults.length > 0) throw invalid(faults)
  }

  /** An address that may never be reached is refused here already; names are looked up when something is sent. */
  function placeFaults(kind: ChannelKind, { settings, secrets }: ChannelParts): Fault[] {
    const parsed = parseAllowed(config.deliveryAllow)
    const url = secrets.url?.replaceAll(/\{\{[^{}]*\}\}/g, 'x')
    const host =
      kind === 'email' ? settings.host : url && URL.canParse(url) ? new URL(url).hostname : undefined
    const address = host === undefined ? undefined : addressIn(host)
    if (address === undefined || !parsed.ok || parsed.allowed.refusal(address) === undefined) return []
    return [
      {
        path: kind === 'email' ? '/host' : '/url',
        message:
          'leads to this machine or its own wire, which only the setting DELIVERY_ALLOW can open (docs/notifications.md)',
      },
    ]
  }

  async function view(c: StoredChannel & ChannelCounts): Promise<Static<typeof CHANNEL>> {
    const { timeZone } = (await runtime.cityFor()).pack
    const iso = (at: Date | string) => isoWithOffset(new Date(at).getTime(), timeZone)
    const secrets = channelSeal(config.sessionSecret)?.open<ChannelSecrets>(c.id, c.sealed)
    return {
      id: c.id,
      kind: c.kind,
      name: c.name,
      enabled: c.enabled,
      ...(c.offWhy === null ? {} : { offWhy: c.offWhy }),
      target: c.target,
      settings: c.settings,
      kept: Object.keys(secrets ?? {}).filter((name) => name !== 'former'),
      readable: secrets !== undefined,
      createdAt: iso(c.createdAt),
      waiting: c.waiting,
      dead: c.dead,
      failures: c.failures,
      ...(c.failingSince === null ? {} : { failingSince: iso(c.failingSince) }),
      ...(c.lastOkAt === null ? {} : { lastOkAt: iso(c.lastOkAt) }),
      ...(c.last?.result ? { last: { ...c.last.result, at: iso(c.last.at), state: c.last.state } } : {}),
    }
  }

  /** @throws 404 */
  async function found(id: string): Promise<StoredChannel> {
    const channel = await findChannel(store, id)
    if (!channel) throw noChannel()
    return channel
  }

  app.get(
    '/delivery/channels',
    {
      schema: schema('Webhooks, e-mail, SMS and group robots, with how they do; nothing secret', {
        200: Items(ref(CHANNEL)),
        ...problems(403),
      }),
      config: systemAdmins,
    },
    async () => ({ items: await Promise.all((await listChannels(store)).map(view)) }),
  )

  app.post(
    '/delivery/channels',
    {
      schema: {
        ...schema('A new channel; it takes what happens from now on', {
          201: MADE,
          ...problems(403, 415, 503),
        }),
        body: NEW_CHANNEL,
      },
      config: systemAdmins,
    },
    async (request, reply) => {
      const { account } = requireLogin(request)
      const { kind, name, ...given } = request.body
      const seal = sealOf()
      const parts = withGiven({ settings: {}, secrets: {} }, given)
      await check(kind, parts)
      const id = uuidv7()
      const secret = kind === 'webhook' ? newSigning() : undefined
      const secrets: ChannelSecrets =
        secret === undefined ? parts.secrets : { ...parts.secrets, signing: secret }
      await addChannel(store, {
        id,
        kind,
        name: name.trim(),
        settings: parts.settings,
        sealed: seal.close(id, secrets),
        target: targetOf(kind, parts),
        by: account.id,
      })
      await audit(deps, request, {
        action: 'channel-add',
        target: { kind: 'channel', id },
        detail: { name: name.trim(), kind, target: targetOf(kind, parts) },
      })
      return reply.code(201).send({ id, ...(secret === undefined ? {} : { secret }) })
    },
  )

  app.patch(
    '/delivery/channels/:id',
    {
      schema: {
        ...schema('Change what is given, leave the rest; null clears. Off, what waits becomes dead letters', {
          204: DONE,
          ...problems(403, 404, 415, 503),
        }),
        params: ById,
        body: CHANNEL_CHANGE,
      },
      config: systemAdmins,
    },
    async (request, reply) => {
      const { account } = requireLogin(request)
      const channel = await found(request.params.id)
      const { name = channel.name, enabled = channel.enabled, ...given } = request.body
      const seal = sealOf()
      const present = seal.open<ChannelSecrets>(channel.id, channel.sealed)
      const parts = withGiven({ settings: channel.settings, secrets: present ?? {} }, given)
      await check(channel.kind, parts)
      await changeChannel(store, {
        id: channel.id,
        name: name.trim(),
        settings: parts.settings,
        sealed: seal.close(channel.id, parts.secrets),
        target: targetOf(channel.kind, parts),
        by: account.id,
        enabled,
      })
      runtime.signals.raise('delivery')
      await audit(deps, request, {
        action: 'channel-change',
        target: { kind: 'channel', id: channel.id },
        // Names of what was changed: some of the values are secret.
        detail: { name: name.trim(), changed: Object.keys(request.body) },
      })
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/delivery/channels/:id/secret',
    {
      schema: {
        ...schema('webhook: a new signing secret, told this once; the one before signs too for a day', {
          200: MADE,
          ...problems(403, 404, 409, 503),
        }),
        params: ById,
      },
      config: systemAdmins,
    },
    async (request) => {
      const { account } = requireLogin(request)
      const channel = await found(request.params.id)
      if (channel.kind !== 'webhook')
        throw new Problem(409, 'not-a-webhook', 'only webhooks have a signing secret')
      const seal = sealOf()
      const { signing, former: _, ...rest } = seal.open<ChannelSecrets>(channel.id, channel.sealed) ?? {}
      const secret = newSigning()
      const former = signing === undefined ? {} : { former: { signing, until: Date.now() + CHANGE_OVER_MS } }
      const { id, name, settings, target, enabled } = channel
      const sealed = seal.close(id, { ...rest, signing: secret, ...former })
      await changeChannel(store, { id, name, settings, target, enabled, sealed, by: account.id })
      await audit(deps, request, {
        action: 'channel-secret',
        target: { kind: 'channel', id },
        detail: { name },
      })
      return { id, secret }
    },
  )

  app.delete(
    '/delivery/channels/:id',
    {
      schema: {
        ...schema('Remove it with all that waits and its dead letters', { 204: DONE, ...problems(403, 404) }),
        params: ById,
      },
      config: systemAdmins,
    },
    async (request, reply) => {
      const channel = await found(request.params.id)
      await removeChannel(store, channel.id)
      await audit(deps, request, {
        action: 'channel-remove',
        target: { kind: 'channel', id: channel.id },
        detail: { name: channel.name, kind: channel.kind },
      })
      return reply.code(204).send(null)
    },
  )
}
