// Cameras of the loaded city and the streams of generated ones. Where a camera is, everybody may know; what it shows is
// for screens and for those who look at everything, as a picture of a street may show people.
import type { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import Type from 'typebox'
import { CAMERA_KINDS } from '#domain/city/types.ts'
import type { City, PackCamera } from '#domain/city/types.ts'
import { CAMERA_POSTS, seesCameras } from '../auth/access.ts'
import { anyone, posts } from '../auth/route-access.ts'
import type { App, ApiDeps } from '../deps.ts'
import { Problem, problems } from '../http/problem.ts'
import { Items, Position } from '../schemas/common.ts'
import { openGeneratedStreams } from '../streams/generated.ts'

const text = Type.String()

const CAMERA = Type.Object({
  code: text,
  name: text,
  location: Position,
  kind: Type.Enum([...CAMERA_KINDS], {
    description:
      'How the picture comes; `generated`: an HLS stream that this server makes up, in demo cities',
  }),
  area: Type.Optional(Type.String({ description: 'The area it is listed under, else the one it stands in' })),
  url: Type.Optional(
    Type.String({
      description: 'For screens and for those who look at everything, else absent; a path is on this server',
    }),
  ),
})

const CODE = Type.Object({ code: Type.String({ minLength: 1, maxLength: 100 }) })
const SEGMENT = Type.Object({ code: CODE.properties.code, n: Type.Integer({ minimum: 0 }) })

const content = (type: string) => ({
  description: type,
  content: { [type]: { schema: Type.Unsafe<Readable>({ type: 'string', format: 'binary' }) } },
})
const PLAYLIST = 'application/vnd.apple.mpegurl'
const VIDEO = 'video/mp4'

const streamOf = (code: string) => `/api/v1/streams/generated/${encodeURIComponent(code)}/index.m3u8`

/** @param now epoch ms of the world: a stream goes at the world's pace, whatever a demo's clock does. */
export function cameraRoutes(app: App, { runtime }: ApiDeps, now: () => number = Date.now): void {
  const { cityFor } = runtime
  const streams = openGeneratedStreams()
  const schema = (summary: string, more: object) => ({ tags: ['city'], summary, ...more })

  app.get(
    '/cameras',
    {
      schema: schema('Cameras 视频点位; their addresses for those who may look through them', {
        response: { 200: Items(CAMERA), ...problems() },
      }),
      config: anyone({ screens: true }),
    },
    async (request) => {
      const city = await cityFor()
      const sees = request.login !== undefined && seesCameras(request.login.actor)
      return { items: (city.pack.cameras ?? []).map((c) => cameraOf(c, city, sees)) }
    },
  )

  const mayLook = posts(CAMERA_POSTS, 'pictures of cameras are for screens and the centre’s staff', {
    screens: true,
  })
  /** @throws 404 when the city has no such camera whose picture is made up here. */
  async function knownCode(code: string): Promise<string> {
    const { pack } = await cityFor()
    if (pack.cameras?.some((c) => c.code === code && c.kind === 'generated')) return code
    throw new Problem(404, 'not-found', `no camera ${code} with a generated picture`)
  }
  const send = (reply: FastifyReply, type: string, keptS: number, body: Buffer | string) =>
    reply
      .type(type)
      .header('cache-control', keptS === 0 ? 'no-store' : `private, max-age=${keptS}`)
      .send(body as never)

  app.get(
    '/streams/generated/:code/index.m3u8',
    {
      schema: schema('Live HLS playlist of a camera with a generated picture', {
        params: CODE,
        response: { 200: content(PLAYLIST), ...problems(403, 404) },
      }),
      config: mayLook,
    },
    async (request, reply) => {
      const { code } = request.params as { code: string }
      return send(reply, PLAYLIST, 0, await streams.playlist(await knownCode(code), now()))
    },
  )

  app.get(
    '/streams/generated/:code/init.mp4',
    {
      schema: schema('How the pictures of that stream are encoded', {
        params: CODE,
        response: { 200: content(VIDEO), ...problems(403, 404) },
      }),
      config: mayLook,
    },
    async (request, reply) => {
      const { code } = request.params as { code: string }
      return send(reply, VIDEO, 300, await streams.init(await knownCode(code)))
    },
  )

  app.get(
    '/streams/generated/:code/:n.m4s',
    {
      schema: schema('Two seconds of that stream; only the latest half minute is there', {
        params: SEGMENT,
        response: { 200: content(VIDEO), ...problems(403, 404) },
      }),
      config: mayLook,
    },
    async (request, reply) => {
      const { code, n } = request.params as { code: string; n: number }
      const segment = await streams.segment(await knownCode(code), n, now())
      if (!segment) throw new Problem(404, 'not-found', `segment ${n} is not there yet, or no more`)
      return send(reply, VIDEO, 30, segment)
    },
  )
}

function cameraOf({ lng, lat, url, ...camera }: PackCamera, city: City, sees: boolean) {
  const area = camera.area ?? city.locate(lng, lat).area
  const address = camera.kind === 'generated' ? streamOf(camera.code) : url
  return { ...camera, location: { lng, lat }, area, url: sees ? address : undefined }
}
