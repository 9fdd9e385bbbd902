import { describe, expect, it } from 'vitest'
import { translator } from '../i18n/translate.ts'
import { faultOf, fieldOf, parseProblem, problemText, UNREACHABLE } from './problem.ts'

const zh = translator('zh-CN')

describe('problems', () => {
  it('are told in the reader’s language by their code', () => {
    expect(problemText(parseProblem(409, { code: 'stale-version', detail: 'v4, not v3' }), zh)).toContain(
      '刚被他人更新',
    )
    expect(problemText(UNREACHABLE, zh)).toContain('连不上服务器')
  })

  it('fall back to what the server says, then to the status', () => {
    expect(problemText(parseProblem(409, { code: 'brand-new', detail: 'why not' }), zh)).toBe('why not')
    expect(problemText(parseProblem(502, undefined), zh)).toContain('502')
    expect(problemText(parseProblem(418, 'a teapot'), zh)).toBe('有内容需要更正。')
  })

  it('show each fault at its field, wherever its path begins', () => {
    expect(['/location/lng', 'location.lng', '/body/location/lng'].map(fieldOf)).toEqual(
      Array.from({ length: 3 }, () => 'location.lng'),
    )
    const problem = parseProblem(400, {
      code: 'invalid',
      errors: [
        { path: '/reason', message: 'is required' },
        { path: '/location/lat', message: 'is too far north' },
        { path: 7, message: 7 },
      ],
    })
    expect(faultOf(problem, 'reason', zh)).toBe('请填写。')
    expect(faultOf(problem, 'location', zh)).toBe('请更正：is too far north')
    expect(faultOf(problem, 'note', zh)).toBeUndefined()
    const of = (message: string) => faultOf(parseProblem(400, { errors: [{ path: '/a', message }] }), 'a', zh)
    expect(of('must not have fewer than 1 characters')).toBe('请填写。')
    expect(of('must not have fewer than 8 characters')).toBe('至少要 8 个字。')
    expect(of('must be <= 200')).toBe('不能大于 200。')
    expect(of('must be integer')).toBe('请填数字。')
    expect(problem.fields).toHaveLength(2)
  })
})
