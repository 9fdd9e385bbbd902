// Every exception that a case can meet, as a table of scenarios: each ends as it says, and its log tells the same again.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { scenariosPage } from '#scripts/scenarios-doc.ts'
import { fold } from './apply.ts'
import { outcomeOf, play, type Scenario } from './testing/scenario.ts'
import { SCENARIOS } from './testing/scenarios/index.ts'

const topics = Map.groupBy(SCENARIOS, (s) => s.topic)

describe.each([...topics])('%s', (_, scenarios: Scenario[]) => {
  it.each(scenarios)('$name', (scenario) => {
    const story = play(scenario)
    const outcome = outcomeOf(story)
    const { case: expected, due, ...rest } = scenario.ends
    expect(story.state).toMatchObject(expected)
    expect(outcome).toMatchObject({ ...rest, ...(due === undefined ? {} : { due }) })
    expect(fold(JSON.parse(JSON.stringify(story.log)))).toEqual(story.state)
  })
})

it('there are at least sixty, each told once', () => {
  expect(SCENARIOS.length).toBeGreaterThanOrEqual(60)
  expect(new Set(SCENARIOS.map((s) => s.name)).size).toBe(SCENARIOS.length)
  expect(new Set(SCENARIOS.map((s) => s.zh)).size).toBe(SCENARIOS.length)
})

it('docs/scenarios.md is what the table generates', () => {
  expect(readFileSync(new URL('../docs/scenarios.md', import.meta.url), 'utf8').trimEnd()).toBe(
    scenariosPage().trimEnd(),
  )
})
