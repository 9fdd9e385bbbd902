// Who drives the wall, as the server has it.
import type { Post } from '#domain/case.ts'

const DRIVERS: readonly Post[] = ['duty-manager', 'head']

export const drivesWall = (posts: readonly Post[]): boolean => posts.some((p) => DRIVERS.includes(p))
