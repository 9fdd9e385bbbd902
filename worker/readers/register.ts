// Lets the component register learn from the log: a closed case, a granted return. The cursor moves with what was learnt,
// in one transaction; processes that route are woken to look again.
import { cityVersion } from '#store/city.ts'
import type { Store } from '#store/open.ts'
import { followRegister } from '#store/register-learner.ts'
import type { Signals } from '#store/signal.ts'

/** @returns facts read. */
export const learnOwners = (store: Store, signals: Pick<Signals, 'raise'>): Promise<number> =>
  followRegister(
    store,
    (version) => cityVersion(store, version),
    () => signals.raise('register'),
  )
