// The scope of the live feed that holds everything a person's lists can show: the unit's, or the whole city's.
import type { Post } from '#domain/case.ts'
import type { Account } from '../../api/session.ts'

const UNIT: readonly Post[] = ['department-officer', 'handler']

export const liveScopeOf = ({ posts, department }: Account): string =>
  department !== undefined && posts.every((p) => UNIT.includes(p)) ? `department:${department}` : 'city'
