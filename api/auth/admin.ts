// What only the administrator 系统管理员 may ask for or do.
import type { FastifyRequest } from 'fastify'
import { Problem } from '../http/problem.ts'
import { requireLogin } from './plugin.ts'

/** onRequest hook: 401 without a login, 403 without the post. */
export const adminsOnly = async (request: FastifyRequest): Promise<void> => {
  const { actor } = requireLogin(request)
  if (!actor.posts.includes('admin'))
    throw new Problem(403, 'forbidden', 'only an administrator may see or do this')
}
