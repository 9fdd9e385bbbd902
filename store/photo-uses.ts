// Follows the log and notes which event of which case names which photo: what "used in case …" rests on. Uses and cursor
// commit together; read from the beginning again, the same rows come out.
import { photosOf } from '#domain/photo-reuse.ts'
import { isUuid } from './cases.ts'
import type { Store } from './open.ts'
import { noteUses, type PhotoUse } from './photo-hash.ts'
import { readFeed } from './readers.ts'

/** @returns facts read. */
export const followPhotoUses = (store: Store): Promise<number> =>
  readFeed(store, {
    name: 'photo-uses',
    async handle(rows, tx) {
      const events = rows.filter((r) => r.caseId !== undefined && r.no !== undefined)
      if (events.length === 0) return
      const named = await tx<
        { case_id: string; no: number; type: string; at: Date; payload: Record<string, unknown> }[]
      >`
        select e.case_id, e.no, e.type, e.at, jsonb_build_object('photos', e.payload -> 'photos') as payload
        from unnest(${events.map((r) => r.caseId ?? '')}::uuid[], ${events.map((r) => r.no ?? 0)}::integer[]) as f (case_id, no)
          join case_event e using (case_id, no)
        where jsonb_typeof(e.payload -> 'photos') = 'array'`
      const uses = named.flatMap(({ case_id, no, type, at, payload }): PhotoUse[] =>
        photosOf({ payload })
          .filter(isUuid)
          .map((photo) => ({ photo, caseId: case_id, no, type, at: at.getTime() })),
      )
      await noteUses({ sql: tx }, uses)
    },
  })
