import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { lifecyclePage } from '#scripts/lifecycle-doc.ts'
import { FINAL_STATUSES, isFinal, OPEN_STATUSES, STATUSES, type Status } from './case.ts'
import { stamp } from './automate.ts'
import { decide } from './decide.ts'
import { isLegal, legalActions } from './permission.ts'
import { ACTIONS, type Action, INTERNAL_ACTIONS, LIFECYCLE, transition } from './lifecycle.ts'
import { aCase, RECIPE_NAMES, type Recipe } from './testing/builder.ts'
import { validCommand } from './testing/payloads.ts'
import { PEOPLE, PERSON_NAMES, type PersonName } from './testing/people.ts'
import { CONDITIONAL, couldEver, EXPECTED_STEPS } from './testing/steps.ts'

const cases = new Map(RECIPE_NAMES.map((r) => [r, aCase(r)]))
const caseAt = (recipe: Recipe) => {
  const story = cases.get(recipe)
  if (!story) throw new Error(recipe)
  return story
}
const statusOf = (recipe: Recipe): Status => caseAt(recipe).state.status
const expected = (action: Action, recipe: Recipe) =>
  EXPECTED_STEPS.filter((s) => s.action === action && s.from.includes(recipe))

/** What a person meets who takes the step, with a payload that would do: the target status, or the refusal's code. */
function outcome(action: Action, recipe: Recipe, person: PersonName): string {
  const story = caseAt(recipe)
  const { state } = story
  const ctx = story.context()
  const { command, resolved } = validCommand(action, state, ctx.now)
  const decision = decide(state, command, {
    ...ctx,
    actor: PEOPLE[person],
    ...(resolved ? { resolved } : {}),
  })
  if (!decision.ok) return decision.refusal.code
  return stamp(state, state.id, decision.events, { kind: 'user' }, ctx.now).state.status
}

describe.each(ACTIONS.map((action) => ({ action, zh: transition(action)?.zh })))(
  '$action $zh',
  ({ action }) => {
    it('leads where the design says, for whom it says, and is refused to everybody else with the right code', () => {
      const possible = couldEver(action)
      const differences: string[] = []
      for (const recipe of RECIPE_NAMES)
        for (const person of PERSON_NAMES) {
          const steps = expected(action, recipe)
          const mine = steps.find((s) => s.by.includes(person))
          const should = mine
            ? mine.to === 'same'
              ? statusOf(recipe)
              : mine.to
            : possible.has(person) && steps.length === 0
              ? 'illegal-step'
              : 'forbidden'
          const is = outcome(action, recipe, person)
          if (is !== should) differences.push(`${recipe}, ${person}: ${is}, not ${should}`)
        }
      expect(differences).toEqual([])
    })

    it('stands in the table with the statuses, the target and the reason of the design', () => {
      const rows = EXPECTED_STEPS.filter((s) => s.action === action)
      const edge = transition(action)
      const met = new Set(rows.flatMap((s) => s.from.map(statusOf)))
      expect([...met].filter((s) => !edge?.from.includes(s))).toEqual([])
      if (!CONDITIONAL.has(action)) expect(met).toEqual(new Set(edge?.from))
      expect(new Set(rows.map((s) => s.to))).toEqual(new Set([edge?.to]))
      expect(edge?.why).toMatch(/\w{3}.*\.$/u)
    })
  },
)

describe('legalActions', () => {
  it.each(RECIPE_NAMES)('offers each person exactly what decide does not refuse: %s', (recipe) => {
    const { state, city } = caseAt(recipe)
    const { now } = caseAt(recipe).context()
    const statuses: readonly string[] = STATUSES
    for (const person of PERSON_NAMES) {
      const granted = ACTIONS.filter((a) => statuses.includes(outcome(a, recipe, person)))
      const offered = legalActions(state, PEOPLE[person], city, now)
      expect(offered, person).toEqual(granted.filter((a) => !INTERNAL_ACTIONS.has(a)))
      expect(ACTIONS.filter((a) => isLegal(a, state, PEOPLE[person], city, now))).toEqual(granted)
    }
  })

  it('is what every refusal names instead', () => {
    for (const recipe of RECIPE_NAMES) {
      const { state, city } = caseAt(recipe)
      const ctx = caseAt(recipe).context()
      for (const person of PERSON_NAMES)
        for (const action of ACTIONS) {
          const actor = PEOPLE[person]
          const { command, resolved } = validCommand(action, state, ctx.now)
          const decision = decide(state, command, { ...ctx, actor, ...(resolved ? { resolved } : {}) })
          if (decision.ok) continue
          expect(decision.refusal.allowed).toEqual(legalActions(state, actor, city, ctx.now))
          expect(decision.refusal.detail).not.toBe('')
        }
    }
  })
})

describe('the table', () => {
  it('names each action once', () => {
    expect(new Set(ACTIONS).size).toBe(LIFECYCLE.length)
    expect(new Set(EXPECTED_STEPS.map((s) => s.action))).toEqual(new Set(ACTIONS))
  })

  it('lets every open state come to an end, and every state be reached', () => {
    const edges = LIFECYCLE.flatMap((t) => (t.to === 'same' ? [] : t.from.map((f) => [f, t.to] as const)))
    const from = (start: Status) => {
      const seen = new Set<Status>([start])
      for (let size = 0; size !== seen.size; ) {
        size = seen.size
        for (const [a, b] of edges) if (seen.has(a)) seen.add(b)
      }
      return seen
    }
    expect(from('reported')).toEqual(new Set(STATUSES))
    for (const s of OPEN_STATUSES) expect([...from(s)].some(isFinal), s).toBe(true)
  })

  it('leads out of an end only by reopening a closed case', () => {
    const out = LIFECYCLE.filter((t) => t.to !== 'same' && t.from.some(isFinal))
    expect(out.map((t) => [t.action, t.from, t.to])).toEqual([['reopen', ['closed'], 'handling']])
    expect(FINAL_STATUSES.every((s) => statusOf(s) === s)).toBe(true)
  })
})

it('docs/lifecycle.md is what the table generates', () => {
  expect(readFileSync(new URL('../docs/lifecycle.md', import.meta.url), 'utf8')).toBe(lifecyclePage())
})
