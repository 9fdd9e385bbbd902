// Photos: taken in, kept, handed out. A photo is uploaded first and named by id in a report or an action afterwards.
// Looking at one needs a login; what the public may see is shown by the tracking page (routes/track.ts).
import type { Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import Type, { type Static } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import { isoWithOffset } from '#domain/city-time.ts'
import { instantOf } from '#domain/zone.ts'
import { sha256 } from '#store/hash.ts'
import { saveFingerprint } from '#store/photo-hash.ts'
import { addUpload, type Upload, uploadOfRequest } from '#store/uploads.ts'
import { NOT_SCREENS } from '../auth/access.ts'
import { anyone, posts } from '../auth/route-access.ts'
import type { App, ApiDeps } from '../deps.ts'
import { keyOf, markReplayed } from '../http/idempotency.ts'
import { limiter } from '../http/limits.ts'
import { oneFile } from '../http/one-file.ts'
import { Problem, problems } from '../http/problem.ts'
import { fingerprint } from '../photos/fingerprint.ts'
import { openGate } from '../photos/gate.ts'
import { MOST_BYTES, type Photo, readPhoto } from '../photos/read-photo.ts'
import { Id, IdempotencyHeaders, Instant, Position, ref } from '../schemas/common.ts'

export const UPLOAD = Type.Object(
  {
    id: Id(),
    url: Type.String(),
    width: Type.Integer(),
    height: Type.Integer(),
    takenAt: Type.Optional(Instant()),
    location: Type.Optional(Position),
  },
  { $id: 'Upload' },
)

export const PICTURE = {
  description: 'JPEG',
  content: { 'image/jpeg': { schema: Type.Unsafe<Readable>({ type: 'string', format: 'binary' }) } },
}

export async function uploadRoutes(app: App, deps: ApiDeps): Promise<void> {
  const { store, photos, runtime } = deps
  const countAnonymous = limiter(app, deps.limits.anonymousUploads)
  const gate = openGate({ atOnce: 2, waiting: 64 })
  await app.register(multipart, {
    limits: { fileSize: MOST_BYTES, files: 1, fields: 8, fieldSize: 4096, parts: 10, headerPairs: 50 },
  })

  async function view(u: Upload): Promise<Static<typeof UPLOAD>> {
    const { timeZone } = (await runtime.cityFor()).pack
    return {
      id: u.id,
      url: `/api/v1/uploads/${u.id}`,
      width: u.width,
      height: u.height,
      ...(u.takenAt === undefined ? {} : { takenAt: isoWithOffset(u.takenAt, timeZone) }),
      ...(u.position ? { location: u.position } : {}),
    }
  }

  async function takenAt({ taken }: Photo): Promise<number | undefined> {
    if (!taken) return undefined
    const local = Date.parse(`${taken.local}${taken.offset ?? 'Z'}`)
    if (Number.isNaN(local)) return undefined
    // Without an offset the camera's clock is taken to be the city's.
    return taken.offset === undefined ? instantOf((await runtime.cityFor()).pack.timeZone, local) : local
  }

  /** The upload that this key brought before; a key with other bytes is refused. */
  async function earlier(request: { scope: string; key: string } | undefined, digest: Uint8Array) {
    const found = request && (await uploadOfRequest(store, request))
    if (found && !Buffer.from(found.sha256).equals(digest))
      throw new Problem(422, 'key-reused', 'this Idempotency-Key was used with another file; use a new one')
    return found
  }

  app.post(
    '/uploads',
    {
      schema: {
        tags: ['uploads'],
        summary: 'Upload a photo',
        description:
          'multipart/form-data with one `file`: JPEG, PNG or WebP (HEIC where it can be decoded), at most 15 MB. It is ' +
          'written anew without hidden data; its time and place are kept as facts about it.',
        consumes: ['multipart/form-data'],
        headers: IdempotencyHeaders,
        response: { 201: ref(UPLOAD), ...problems(413, 415, 422, 429) },
      },
      config: anyone(),
      onRequest: async (request) => {
        if (!request.login) await countAnonymous(request)
      },
    },
    async (request, reply) => {
      const original = await oneFile(request, reply, 'a photo may have 15 MB')
      const key = keyOf(request)
      const asked = key === undefined ? undefined : { scope: deps.scopeOf(request), key }
      const digest = sha256(original)
      const before = await earlier(asked, digest)
      if (before)
        return markReplayed(reply)
          .code(201)
          .send(await view(before))
      const { photo, print } = await gate(async () => {
        const photo = await readPhoto(original)
        return { photo, print: await fingerprint(photo.jpeg) }
      })
      const upload: Upload = {
        id: uuidv7(),
        accountId: request.login?.account.id,
        sha256: digest,
        mediaType: photo.mediaType,
        bytes: photo.jpeg.length,
        width: photo.width,
        height: photo.height,
        takenAt: await takenAt(photo),
        position: photo.position,
      }
      await photos.put(upload.id, photo.jpeg)
      if (!(await addUpload(store, upload, asked))) {
        // The same request twice at once: the other one was first.
        await photos.remove(upload.id)
        const first = await earlier(asked, digest)
        if (!first) throw new Error(`upload ${upload.id} was neither kept nor there before`)
        return markReplayed(reply)
          .code(201)
          .send(await view(first))
      }
      // Should the process end here, the worker makes up for it: it looks for uploads without fingerprint.
      if (print) await saveFingerprint(store, upload.id, print)
      return reply
        .code(201)
        .header('location', `/api/v1/uploads/${upload.id}`)
        .send(await view(upload))
    },
  )

  app.get(
    '/uploads/:id',
    {
      schema: {
        tags: ['uploads'],
        summary:
          'The picture, for anybody who is logged in; not for screens, which have GET /wall/cases/{id}',
        params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
        produces: ['image/jpeg'],
        response: { 200: PICTURE, ...problems(403, 404) },
      },
      config: posts(NOT_SCREENS, 'a screen shows photos of checked cases only'),
    },
    (request, reply) => openPhoto(deps, request.params.id, reply, 'private'),
  )
}

/** A picture never changes under its id. @throws 404 */
export async function openPhoto(
  { photos }: ApiDeps,
  id: string,
  reply: { headers(values: Record<string, string | number>): unknown },
  audience: 'private' | 'public',
): Promise<Readable> {
  const photo = await photos.read(id.toLowerCase())
  if (!photo) throw new Problem(404, 'not-found', `there is no photo ${id}`)
  reply.headers({
    'content-type': 'image/jpeg',
    'content-length': photo.bytes,
    'cache-control': `${audience}, max-age=31536000, immutable`,
    'content-disposition': 'inline',
  })
  return photo.stream
}
