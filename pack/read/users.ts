// users.csv: accounts with their posts and scopes. Passwords are for demo packs, and for the first administrator.
import { POSTS } from '#domain/case.ts'
import type { Post } from '#domain/case.ts'
import type { PackUser } from '#domain/city/types.ts'
import { findDuplicates } from './findings.ts'
import type { Findings, Placed } from './findings.ts'
import { AREA_WORDS, codeMeant, DEPARTMENT_WORDS } from './known.ts'
import type { Known } from './known.ts'
import { listOf, readTable } from './table.ts'
import type { Column, Row } from './table.ts'
import { keyMeant, keysWithWords, POST_WORDS } from './words.ts'
import type { PackSource } from './source.ts'

export const USERS = 'users.csv'

export const USER_COLUMNS = [
  {
    name: 'username',
    zh: '用户名',
    also: ['账号', '登录名'],
    required: true,
    unique: true,
    hint: '登录用，不可重复',
  },
  { name: 'name', zh: '姓名', required: true, reads: 'text' },
  { name: 'posts', zh: '岗位', required: true, hint: '可兼多岗，用;分隔，如 值班长;派遣员' },
  { name: 'department', zh: '单位', also: ['所属单位'], hint: '部门经办和处置人员必填：单位编码或名称' },
  { name: 'areas', zh: '区域', also: ['负责区域'], hint: '网格员、监督员负责的区域，可多个；空＝全市' },
  { name: 'password', zh: '密码', reads: 'text', hint: '正式使用留空' },
] as const

export interface UserRow extends PackUser {
  /** The cells beside those of a pack. */
  more: Readonly<Record<string, string>>
}

const NEEDS_DEPARTMENT: readonly Post[] = ['department-officer', 'handler']

export async function readUsers(
  source: PackSource,
  known: { departments: Known; areas: Known },
  isDemo: boolean,
  findings: Findings,
): Promise<Placed<PackUser>[] | undefined> {
  const users = await readUserRows(source, USER_COLUMNS, known, isDemo, findings)
  if (!users) return undefined
  for (const { row, value } of users)
    if (value.password !== undefined && !isDemo)
      findings.warn(
        { file: USERS, row, field: 'password' },
        'a password in the file: it must be changed at the first login; delete it from the file after loading',
        '文件中含密码：首次登录须修改，装载后请从文件中删除',
      )
  if (!users.some((u) => u.value.posts.includes('admin')))
    findings.warn({ file: USERS, field: 'posts' }, 'nobody holds the post admin', '没有系统管理员（admin）')
  return users.map(({ row, value: { more: _, ...value } }) => ({ row, value }))
}

/** The rows with what is wrong in each; `columns` holds at least those of users.csv. */
export async function readUserRows(
  source: PackSource,
  columns: readonly Column[],
  known: { departments: Known; areas: Known },
  isDemo: boolean,
  findings: Findings,
): Promise<Placed<UserRow>[] | undefined> {
  const rows: readonly Row<string>[] | undefined = await readTable(source, USERS, columns, findings)
  if (!rows) return undefined
  const users: Placed<UserRow>[] = []
  for (const { line, cells: all } of rows) {
    const {
      username = '',
      name = '',
      posts: postsCell = '',
      department: unit = '',
      areas: areasCell = '',
      password = '',
      ...more
    } = all
    const cells = { username, name, posts: postsCell, department: unit, areas: areasCell, password }
    const at = (field: string) => ({ file: USERS, row: line, field })
    if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u.test(cells.username))
      findings.fault(
        at('username'),
        `"${cells.username}": letters, digits, dot, hyphen and underscore only, at most 64`,
        `用户名“${cells.username}”只能用文字、数字、点、连字符、下划线，至多64个`,
      )
    const named = listOf(cells.posts)
    const held = new Set(named.map((post) => keyMeant(post, POST_WORDS)))
    const posts = POSTS.filter((p) => held.has(p))
    for (const post of named)
      if (!keyMeant(post, POST_WORDS))
        findings.fault(
          at('posts'),
          `unknown post "${post}"; known: ${POSTS.join(', ')}`,
          `未知岗位“${post}”，可用：${keysWithWords(POST_WORDS)}`,
        )
    const department = codeMeant(
      cells.department,
      known.departments,
      at('department'),
      DEPARTMENT_WORDS,
      findings,
    )
    if (cells.department === '' && posts.some((p) => NEEDS_DEPARTMENT.includes(p)))
      findings.fault(
        at('department'),
        `a ${posts.join(', ')} needs a department`,
        '部门经办和处置人员须填单位',
      )
    const areas = listOf(cells.areas).map((a) => codeMeant(a, known.areas, at('areas'), AREA_WORDS, findings))
    if (posts.includes('grid-member') && areas.length === 0 && !isDemo)
      findings.warn(
        at('areas'),
        'a grid member without areas answers for the whole city',
        '网格员未填负责区域，视为负责全市',
      )
    users.push({
      row: line,
      value: {
        username: cells.username,
        name: cells.name,
        posts,
        ...(department === '' ? {} : { department }),
        areas,
        ...(cells.password === '' ? {} : { password: cells.password }),
        more,
      },
    })
  }
  findDuplicates(USERS, 'username', users, (u) => u.username, findings)
  return users
}
