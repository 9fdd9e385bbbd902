// What an error becomes outside: a Problem as it is, the framework's own errors under our codes, a bug as a 500 without
// its message. The only place that writes error replies.
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { NoCity } from '#store/cities.ts'
import { Problem, PROBLEM_TYPE } from './problem.ts'

const KNOWN: Record<string, [status: number, code: string, detail: string]> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    415,
    'unsupported-media-type',
    'send application/json (photos: multipart/form-data)',
  ],
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'malformed-json', 'the body is not valid JSON'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'malformed-json', 'the body is empty'],
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'too-large', 'the body is too large'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, 'malformed-request', 'the body is not as long as announced'],
  FST_ERR_MAX_PARAM_LENGTH: [414, 'malformed-request', 'a part of the address is longer than 200 characters'],
  FST_REQ_FILE_TOO_LARGE: [413, 'too-large', 'the file is too large'],
  FST_PARTS_LIMIT: [413, 'too-large', 'the form has too many parts'],
  FST_FILES_LIMIT: [413, 'too-large', 'send one file at a time'],
  FST_FIELDS_LIMIT: [413, 'too-large', 'the form has too many fields'],
  FST_INVALID_MULTIPART_CONTENT_TYPE: [415, 'unsupported-media-type', 'send multipart/form-data'],
  FST_ERR_HANDLER_TIMEOUT: [
    503,
    'timeout',
    'this took too long; send it again with the same Idempotency-Key',
  ],
  ECONNREFUSED: [503, 'no-database', 'the database cannot be reached; try again soon'],
  CONNECT_TIMEOUT: [503, 'no-database', 'the database cannot be reached; try again soon'],
  CONNECTION_CLOSED: [503, 'no-database', 'the connection to the database was lost; try again'],
  CONNECTION_DESTROYED: [503, 'no-database', 'the connection to the database was lost; try again'],
  CONNECTION_ENDED: [503, 'closing', 'the server is closing; try again soon'],
}

export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof NoCity) return new Problem(503, 'no-city', 'no city is loaded yet')
  const { code = '', statusCode = 500, message } = error as Partial<FastifyError>
  const known = KNOWN[code]
  if (known) return new Problem(...known, known[0] === 503 ? { headers: { 'retry-after': '2' } } : {})
  if (statusCode >= 400 && statusCode < 500)
    return new Problem(statusCode, statusCode === 404 ? 'not-found' : 'malformed-request', message ?? '')
  return new Problem(500, 'internal', 'something went wrong here; quote the request id when you ask')
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .headers(problem.more.headers ?? {})
    .header('cache-control', 'no-store')
    .type(PROBLEM_TYPE)
    .send(problem.body(request.id))
}

export function handleError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toProblem(error)
  if (problem.status >= 500)
    request.log.error(
      { err: error, reqId: request.id, method: request.method, route: request.routeOptions.url },
      'request failed',
    )
  return sendProblem(request, reply, problem)
}
