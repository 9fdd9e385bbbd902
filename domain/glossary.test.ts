import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { METRICS, STANDINGS } from './board.ts'
import { DISPATCH_MODES, OUTCOMES, POSTS, SOURCES, STATUS_NAMES, STATUSES } from './case.ts'
import { APPEAL_SUBJECTS, SATISFACTION_NAMES } from './command.ts'
import { REFUSAL_CODES } from './decision.ts'
import { LIFECYCLE } from './lifecycle.ts'
import { STATED_REASONS, WAIT_REASONS } from './reason.ts'

const glossary = readFileSync(new URL('../docs/glossary.md', import.meta.url), 'utf8')
const lines = glossary.split('\n')

describe('docs/glossary.md explains', () => {
  it.each<[string, readonly string[]]>([
    ['states', STATUSES],
    ['steps', LIFECYCLE.map((t) => t.action)],
    ['posts', POSTS],
    ['sources', SOURCES],
    ['ways of dispatch', DISPATCH_MODES],
    ['outcomes', OUTCOMES],
    ['subjects of appeals', APPEAL_SUBJECTS],
    ['satisfaction', Object.keys(SATISFACTION_NAMES)],
    ['refusals', REFUSAL_CODES],
  ])('all %s', (_, names) => {
    expect(names.filter((name) => !glossary.includes(`\`${name}\``))).toEqual([])
  })

  it('all counts', () => {
    expect([...METRICS, ...STANDINGS].filter((name) => !glossary.includes(name))).toEqual([])
  })

  it.each<[string, Readonly<Record<string, string>>]>([
    ['states', STATUS_NAMES],
    ['reasons for waiting', WAIT_REASONS],
    ['stated reasons', STATED_REASONS],
  ])('%s with their Chinese', (_, names) => {
    const isExplained = ([code, zh]: [string, string]) =>
      lines.some((line) => line.includes(`\`${code}\``) && line.includes(zh))
    const missing = Object.entries(names).filter((entry) => !isExplained(entry))
    expect(missing.map(([code]) => code).filter((code) => !code.startsWith('mode-'))).toEqual([])
  })
})
