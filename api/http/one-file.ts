// The one file of a form (multipart/form-data), within the limits that the scope's form parser was given.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { invalid, Problem } from './problem.ts'

/** More than this is not even read to its end. */
const MOST_ANNOUNCED = 100 * 1024 * 1024

/**
 * Never more of it in memory than is allowed.
 * @param limit a sentence for whoever sends more
 */
export async function oneFile(request: FastifyRequest, reply: FastifyReply, limit: string): Promise<Buffer> {
  const tooLarge = () => new Problem(413, 'too-large', limit)
  if (Number(request.headers['content-length'] ?? 0) > MOST_ANNOUNCED) {
    reply.header('connection', 'close')
    throw tooLarge()
  }
  if (!request.isMultipart())
    throw new Problem(415, 'unsupported-media-type', 'send multipart/form-data with one `file`')
  const part = await request.file().catch(asFault)
  if (!part) throw invalid([{ path: '/file', message: 'is required' }])
  if (part.fieldname !== 'file') {
    part.file.resume()
    throw invalid([{ path: `/${part.fieldname}`, message: 'is not expected: name the file `file`' }])
  }
  const bytes = await part.toBuffer().catch(asFault)
  // The form's parser cuts a file off at the limit, and tells of it only when a piece comes after that.
  if (part.file.truncated) throw tooLarge()
  return bytes
}

/** The framework's refusals have a status; what the form's parser throws is the sender's damage. */
function asFault(error: unknown): never {
  if (error instanceof Error && 'statusCode' in error) throw error
  throw new Problem(400, 'malformed-request', 'the form is damaged or ends too early')
}
