// reconcile: the reconciler's pass by a job scheduler, and the trimming of what has a term.
import { trimDeliveries } from '#store/outbox.ts'
import { keepRetention } from '#store/retention.ts'
import { trimLoginFailures } from '#store/security.ts'
import { trimDuty, trimIdempotency, trimNotices, trimSessions, trimUploadKeys } from '#store/trim.ts'
import type { Handler } from '../handlers.ts'
import { backfillFingerprints } from '../fingerprints.ts'
import { reconcile } from '../reconcile.ts'

export const reconcileJob: Handler<'reconcile'> = {
  name: 'reconcile',
  async run(_payload, context) {
    await reconcile(context)
    const keys = await trimIdempotency(context.store)
    const uploadKeys = await trimUploadKeys(context.store)
    const sessions = await trimSessions(context.store)
    const duty = await trimDuty(context.store, context.runtime.clock.now())
    await trimLoginFailures(context.store)
    const notices = await trimNotices(context.store, context.runtime.clock.now())
    const deliveries = await trimDeliveries(context.store)
    if (keys + uploadKeys + sessions + duty + notices + deliveries > 0)
      context.log.info(
        { keys, uploadKeys, sessions, duty, notices, deliveries },
        'what was past its term is gone',
      )
    await keepRetention(context)
    await backfillFingerprints(context)
    return undefined
  },
}
