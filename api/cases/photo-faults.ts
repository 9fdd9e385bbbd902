// Photos are uploaded first and named by id: a name without a picture behind it is a fault.
import type { Store } from '#store/open.ts'
import { missingUploads } from '#store/uploads.ts'
import type { Fault } from '../http/problem.ts'

/** @param ids by the path at which the request names them. */
export async function photoFaults(
  store: Store,
  ids: Readonly<Record<string, readonly string[]>>,
): Promise<Fault[]> {
  if (Object.values(ids).every((list) => list.length === 0)) return []
  const missing = await missingUploads(store, Object.values(ids).flat())
  return Object.entries(ids).flatMap(([path, list]) =>
    list.flatMap((id, i) =>
      missing.has(id) ? [{ path: `${path}/${i}`, message: 'is not an uploaded photo' }] : [],
    ),
  )
}
