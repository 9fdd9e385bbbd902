// users.csv: accounts with their posts and scopes. Passwords are for demo packs, and for the first administrator.
import { POSTS } from '#domain/case.ts'
import type { Post } from '#domain/case.ts'
import type { PackUser } from '#domain/city/types.ts'
import { findDuplicates } from './findings.ts'
import type { Findings, Known, Placed } from './findings.ts'
import { listOf, readTable } from './table.ts'

export const USERS = 'users.csv'

export const USER_COLUMNS = [
  { name: 'username', zh: '用户名', required: true },
  { name: 'name', zh: '姓名', required: true },
  { name: 'posts', zh: '岗位', required: true },
  { name: 'department', zh: '单位' },
  { name: 'areas', zh: '区域' },
  { name: 'password', zh: '密码' },
] as const

const NEEDS_DEPARTMENT: readonly Post[] = ['department-officer', 'handler']

export async function readUsers(
  dir: string,
  known: { departments: Known; areas: Known },
  isDemo: boolean,
  findings: Findings,
): Promise<Placed<PackUser>[] | undefined> {
  const rows = await readTable(dir, USERS, USER_COLUMNS, findings)
  if (!rows) return undefined
  const users: Placed<PackUser>[] = []
  for (const { line, cells } of rows) {
    const at = (field: string) => ({ file: USERS, row: line, field })
    if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u.test(cells.username))
      findings.fault(
        at('username'),
        `"${cells.username}": letters, digits, dot, hyphen and underscore only, at most 64`,
        `用户名“${cells.username}”只能用文字、数字、点、连字符、下划线，至多64个`,
      )
    const named = listOf(cells.posts)
    const posts = POSTS.filter((p) => named.includes(p))
    for (const post of named)
      if (!POSTS.some((p) => p === post))
        findings.fault(
          at('posts'),
          `unknown post "${post}"; known: ${POSTS.join(', ')}`,
          `未知岗位“${post}”，可用：${POSTS.join('、')}`,
        )
    if (cells.department !== '' && known.departments && !known.departments.has(cells.department))
      findings.fault(
        at('department'),
        `unknown department "${cells.department}"`,
        `未知单位“${cells.department}”`,
      )
    if (cells.department === '' && posts.some((p) => NEEDS_DEPARTMENT.includes(p)))
      findings.fault(
        at('department'),
        `a ${posts.join(', ')} needs a department`,
        '部门经办和处置人员须填单位',
      )
    const areas = listOf(cells.areas)
    for (const area of areas)
      if (known.areas && !known.areas.has(area))
        findings.fault(at('areas'), `unknown area "${area}"`, `未知区域“${area}”`)
    if (cells.password !== '' && !isDemo)
      findings.warn(
        at('password'),
        'a password in the file: it must be changed at the first login; delete it from the file after loading',
        '文件中含密码：首次登录须修改，装载后请从文件中删除',
      )
    users.push({
      row: line,
      value: {
        username: cells.username,
        name: cells.name,
        posts,
        ...(cells.department === '' ? {} : { department: cells.department }),
        areas,
        ...(cells.password === '' ? {} : { password: cells.password }),
      },
    })
  }
  findDuplicates(USERS, 'username', users, (u) => u.username, findings)
  if (!users.some((u) => u.value.posts.includes('admin')))
    findings.warn({ file: USERS, field: 'posts' }, 'nobody holds the post admin', '没有系统管理员（admin）')
  return users
}
