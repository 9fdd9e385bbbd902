// Alert rules, dashboard and documentation name the metrics that /metrics has, and /metrics has none that they don't.
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { openTestApi, type TestApi } from '#api/testing/api.ts'
import type { Tls } from '#api/trust/tls.ts'
import { makeAuthority, signServer } from './runtime/tls/authority.ts'

const read = (path: string) => readFile(new URL(`../docs/${path}`, import.meta.url), 'utf8')

let api: TestApi
let names: Set<string>
beforeAll(async () => {
  const now = Date.now()
  const pair = await signServer(await makeAuthority(['localhost'], 'test', now), ['localhost'], now)
  const tls: Tls = {
    kind: 'files',
    current: () => pair,
    isPublic: () => false,
    onChange: () => () => {},
    close: () => {},
  }
  // With TLS there is one figure more.
  api = await openTestApi({ tls })
  const raw = await api.app.inject('/metrics')
  names = new Set([...raw.body.matchAll(/^# TYPE (\S+) /gm)].map((m) => m[1] ?? ''))
})
afterAll(() => api.close())

/** As a series is written: without what a histogram adds. */
const metric = (series: string) => (names.has(series) ? series : series.replace(/_(bucket|count|sum)$/, ''))
/** Names in a PromQL expression that could be ours or Node's. */
const namesIn = (expr: string) =>
  [...expr.matchAll(/\b(?:huiyin|http|process|nodejs)_[a-z0-9_]+/g)].map((m) => metric(m[0]))

test('every alert and panel asks for metrics that there are', async () => {
  const { groups } = parse(await read('monitoring/alerts.yml')) as {
    groups: {
      rules: { alert: string; expr: string; annotations: { summary: string; description: string } }[]
    }[]
  }
  const rules = groups.flatMap((g) => g.rules)
  expect(rules.length).toBeGreaterThan(10)
  expect(new Set(rules.map((r) => r.alert)).size).toBe(rules.length)
  for (const { alert, expr, annotations } of rules) {
    expect([alert, annotations.summary !== '', annotations.description !== '']).toEqual([alert, true, true])
    expect([alert, namesIn(expr).filter((n) => !names.has(n))]).toEqual([alert, []])
  }
  const { panels } = JSON.parse(await read('monitoring/grafana.json')) as {
    panels: { title: string; targets: { expr: string }[] }[]
  }
  for (const { title, targets } of panels)
    for (const { expr } of targets) {
      expect([title, namesIn(expr).length > 0]).toEqual([title, true])
      expect([title, namesIn(expr).filter((n) => !names.has(n))]).toEqual([title, []])
    }
  const asked = new Set(
    [...rules.map((r) => r.expr), ...panels.flatMap((p) => p.targets.map((t) => t.expr))].flatMap(namesIn),
  )
  expect([...names].filter((n) => n.startsWith('huiyin_') && !asked.has(n))).toEqual([])
})

test('every metric of ours is described, and none that is not there', async () => {
  const page = await read('operations/monitoring.md')
  const described = new Set([...page.matchAll(/^\| `([a-z_]+)(?:\{[a-z,]+\})?` \|/gm)].map((m) => m[1] ?? ''))
  const ours = [...names].filter((n) => !/^(process|nodejs)_/.test(n))
  expect([...described].sort()).toEqual(ours.sort())
})

test('every place that an alert sends to is there', async () => {
  const alerts = await read('monitoring/alerts.yml')
  const places = (await read('operations/when.md')).toLowerCase()
  const sent = [...alerts.matchAll(/when\.md: ([^."]+)\./g)].map((m) => (m[1] ?? '').toLowerCase())
  expect(sent.length).toBeGreaterThan(5)
  expect(sent.filter((place) => !places.includes(`## ${place}`))).toEqual([])
})
