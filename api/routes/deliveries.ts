// What was sent to the outside, waits or could not be sent, for the administrator: looked at, sent again, tried out; and
// where notices reach people.
import Type, { type Static } from 'typebox'
import { isoWithOffset } from '#domain/city-time.ts'
import { POSTS } from '#domain/case.ts'
import { WEBHOOK_EVENT, webhookEvent } from '#domain/delivery/webhook.ts'
import { isPersonal } from '#domain/delivery/channel.ts'
import { findChannel, type StoredChannel } from '#store/channels.ts'
import { changeContact, listContacts } from '#store/contacts.ts'
import { addTest, type DeliveryRow, findDelivery, listDeliveries, resend } from '#store/outbox.ts'
import { audit } from '../auth/audit.ts'
import { people, systemAdmins } from '../auth/route-access.ts'
import type { App, ApiDeps } from '../deps.ts'
import { invalid, Problem, problems } from '../http/problem.ts'
import { Cursor, Id, Items, Page, PageSize, ref } from '../schemas/common.ts'
import { DELIVERY } from '../schemas/delivery.ts'
import { noChannel } from './channels.ts'

const ById = Type.Object({ id: Type.String({ maxLength: 64 }) })
const Resent = Type.Object({ resent: Type.Integer({ description: 'How many wait again' }) })
const EMAIL = '^[^\\s@<>,;"]+@[^\\s@<>,;"]+$'
const MOBILE = '^\\+?[0-9]{5,15}$'
const Email = Type.String({ maxLength: 200, pattern: EMAIL })
const Mobile = Type.String({ pattern: MOBILE, description: 'Digits, with + before a country' })
const orNull = <T extends Type.TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]))

const CONTACT = Type.Object({
  id: Id(),
  username: Type.String(),
  name: Type.String(),
  posts: Type.Array(Type.Enum([...POSTS])),
  department: Type.Optional(Type.String()),
  email: Type.Optional(Type.String()),
  mobile: Type.Optional(Type.String()),
})

export function deliveryRoutes(app: App, deps: ApiDeps): void {
  const { store, runtime } = deps
  const schema = (summary: string, response: object) => ({ tags: ['delivery'], summary, response })
  const noDelivery = () => new Problem(404, 'not-found', 'there is no such delivery')
  const isCursor = (text: string | undefined) => text === undefined || /^[0-9]{1,18}$/.test(text)

  function view(row: DeliveryRow, zone: string): Static<typeof DELIVERY> {
    const iso = (at: Date) => isoWithOffset(at.getTime(), zone)
    return {
      id: row.id,
      kind: row.kind,
      state: row.state,
      attempts: row.attempts,
      createdAt: iso(row.createdAt),
      ...(row.state === 'waiting' ? { nextAt: iso(row.nextAt) } : {}),
      ...(row.lastAt === null ? {} : { lastAt: iso(row.lastAt) }),
      ...(row.caseId === null ? {} : { case: { id: row.caseId, number: row.number ?? row.caseId } }),
      ...(row.person === null ? {} : { person: row.person }),
      ...(row.result === null ? {} : { result: row.result }),
    }
  }
  const zone = async () => (await runtime.cityFor()).pack.timeZone

  /** @throws 404, 409 when it is off and `on` is asked for. */
  async function channelOf(id: string, { on = false } = {}): Promise<StoredChannel> {
    const channel = await findChannel(store, id)
    if (!channel) throw noChannel()
    if (on && !channel.enabled)
      throw new Problem(409, 'channel-off', 'the channel is switched off: switch it on, then send again')
    return channel
  }

  app.get(
    '/delivery/channels/:id/deliveries',
    {
      schema: {
        ...schema('What it has sent, waits to send or could not send, newest first', {
          200: Page(ref(DELIVERY)),
          ...problems(403, 404),
        }),
        params: ById,
        querystring: Type.Object({
          state: Type.Optional(Type.Enum(['waiting', 'sent', 'dead'])),
          cursor: Cursor,
          limit: PageSize(100, 30),
        }),
      },
      config: systemAdmins,
    },
    async (request) => {
      const { state, cursor, limit = 30 } = request.query
      if (!isCursor(cursor)) throw invalid([{ path: 'cursor', message: 'is not one that was given' }])
      const channel = await channelOf(request.params.id)
      const rows = await listDeliveries(store, {
        channel: channel.id,
        state,
        before: cursor,
        limit: limit + 1,
      })
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      const timeZone = await zone()
      return {
        items: page.map((row) => view(row, timeZone)),
        ...(rows.length > limit && last ? { nextCursor: last.no } : {}),
      }
    },
  )

  app.get(
    '/delivery/deliveries/:id',
    {
      schema: {
        ...schema('One delivery, to see what became of a test', {
          200: ref(DELIVERY),
          ...problems(403, 404),
        }),
        params: ById,
      },
      config: systemAdmins,
    },
    async (request) => {
      const row = await findDelivery(store, request.params.id)
      if (!row) throw noDelivery()
      return view(row, await zone())
    },
  )

  app.post(
    '/delivery/channels/:id/test',
    {
      schema: {
        ...schema('Send a test, once and ahead of everything, also where the channel is off', {
          202: Type.Object({ id: Id() }),
          ...problems(403, 404, 415),
        }),
        params: ById,
        body: Type.Object({
          to: Type.Optional(Type.String({ maxLength: 200, description: 'email, sms: the address to try' })),
        }),
      },
      config: systemAdmins,
    },
    async (request, reply) => {
      const channel = await channelOf(request.params.id)
      const { to } = request.body
      if (isPersonal(channel.kind)) {
        const pattern = channel.kind === 'email' ? EMAIL : MOBILE
        if (to === undefined || !new RegExp(pattern).test(to))
          throw invalid([
            {
              path: '/to',
              message: channel.kind === 'email' ? 'is no e-mail address' : 'is no mobile number',
            },
          ])
      }
      const city = await runtime.cityFor()
      const at = runtime.clock.now()
      const id = await addTest(store, channel.id, (made) =>
        channel.kind === 'webhook'
          ? webhookEvent({ id: made, kind: 'test', event: `test.${made}`, seq: 0, at }, city)
          : isPersonal(channel.kind)
            ? { to }
            : {},
      )
      runtime.signals.raise('delivery')
      await audit(deps, request, {
        action: 'channel-test',
        target: { kind: 'channel', id: channel.id },
        detail: { name: channel.name },
      })
      return reply.code(202).send({ id })
    },
  )

  app.post(
    '/delivery/channels/:id/resend',
    {
      schema: {
        ...schema('All its dead letters wait again, with all their tries', {
          200: Resent,
          ...problems(403, 404, 409),
        }),
        params: ById,
      },
      config: systemAdmins,
    },
    async (request) => {
      const channel = await channelOf(request.params.id, { on: true })
      const resent = await resend(store, { channel: channel.id })
      runtime.signals.raise('delivery')
      await audit(deps, request, {
        action: 'delivery-resend',
        target: { kind: 'channel', id: channel.id },
        detail: { name: channel.name, deliveries: resent },
      })
      return { resent }
    },
  )

  app.post(
    '/delivery/deliveries/:id/resend',
    {
      schema: {
        ...schema('This dead letter waits again; harmless when it is none', {
          200: Resent,
          ...problems(403, 404, 409),
        }),
        params: ById,
      },
      config: systemAdmins,
    },
    async (request) => {
      const row = await findDelivery(store, request.params.id)
      if (!row) throw noDelivery()
      const channel = await channelOf(row.channelId, { on: true })
      const resent = await resend(store, { channel: channel.id, id: row.id })
      runtime.signals.raise('delivery')
      if (resent > 0)
        await audit(deps, request, {
          action: 'delivery-resend',
          target: { kind: 'channel', id: channel.id },
          detail: { name: channel.name, delivery: row.id },
        })
      return { resent }
    },
  )

  app.get(
    '/delivery/contacts',
    {
      schema: schema('Everybody who can log in, with e-mail and mobile', {
        200: Items(CONTACT),
        ...problems(403),
      }),
      config: systemAdmins,
    },
    async () => ({
      items: (await listContacts(store)).map(({ department, email, mobile, ...rest }) => ({
        ...rest,
        ...(department === null ? {} : { department }),
        ...(email === null ? {} : { email }),
        ...(mobile === null ? {} : { mobile }),
      })),
    }),
  )

  app.patch(
    '/delivery/contacts/:id',
    {
      schema: {
        ...schema('Where notices reach this person; null clears', {
          204: Type.Null(),
          ...problems(403, 404, 415),
        }),
        params: ById,
        body: Type.Object(
          { email: orNull(Email), mobile: orNull(Mobile) },
          { additionalProperties: false, minProperties: 1 },
        ),
      },
      config: systemAdmins,
    },
    async (request, reply) => {
      const { id } = request.params
      if (!(await changeContact(store, id, request.body)))
        throw new Problem(404, 'not-found', 'there is no such account, or it is disabled')
      await audit(deps, request, {
        action: 'contact-change',
        target: { kind: 'account', id },
        detail: { changed: Object.keys(request.body) },
      })
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/delivery/webhook-schema',
    {
      schema: schema('JSON Schema of the body of outgoing webhooks', {
        200: Type.Object({}, { additionalProperties: true }),
        ...problems(),
      }),
      config: people(),
    },
    () => WEBHOOK_EVENT as object,
  )
}
