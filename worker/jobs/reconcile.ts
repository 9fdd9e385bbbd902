// reconcile: the reconciler's pass by a job scheduler, and the trimming of what has a term.
import { trimIdempotency } from '#store/trim.ts'
import type { Handler } from '../handlers.ts'
import { reconcile } from '../reconcile.ts'

export const reconcileJob: Handler<'reconcile'> = {
  name: 'reconcile',
  async run(_payload, context) {
    await reconcile(context)
    const keys = await trimIdempotency(context.store)
    if (keys > 0) context.log.info({ keys }, 'idempotency keys past their term are gone')
    return undefined
  },
}
