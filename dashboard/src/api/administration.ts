// Accounts imported, the city pack, its policies and the system's health, as administrators see them.
import type { FieldChange, ImportRefusal } from '#domain/account-import.ts'
import type { Post } from '#domain/case.ts'
import type { PolicyPath, PolicyValue, SettingKind } from '#domain/city/policy-settings.ts'
import type { Policies } from '#domain/city/types.ts'
import type { Judged } from '#domain/health.ts'
import { parseProblem, type Problem, UNREACHABLE } from './problem.ts'
import { type Answer, request } from './request.ts'

export interface Finding {
  file: string
  row?: number
  about?: string
  field?: string
  fieldZh?: string
  message: string
  zh: string
}

export interface ImportRow {
  row: number
  username: string
  name: string
  posts: Post[]
  what: 'create' | 'change' | 'same' | 'refuse'
  changes: FieldChange[]
  password: boolean
  refusal?: ImportRefusal
}
export interface AccountImport {
  rows: ImportRow[]
  faults: Finding[]
  warnings: Finding[]
  plan?: string
  passwords?: { username: string; name: string; password: string }[]
}

const form = (file: File) => {
  const body = new FormData()
  body.append('file', file)
  return body
}

/** @param plan of what was shown: then it is done. */
export const importAccounts = (file: File, plan?: string) =>
  request<AccountImport>(`/accounts/import${plan === undefined ? '' : `?apply=${plan}`}`, {
    body: form(file),
  })

export interface PresentPack {
  code: string
  name: string
  version: number
  loadedAt: string
  counts: Record<string, number>
}
interface Codes {
  count: number
  codes: string[]
}
export interface PackResult {
  faults: { count: number; items: Finding[] }
  warnings: { count: number; items: Finding[] }
  pack?: { code: string; name: string; demo: boolean; counts: Record<string, number> }
  difference?: {
    over: number
    otherCity?: string
    tables: { file: string; added: Codes; changed: Codes; removed: Codes }[]
    values: { path: PolicyPath; from: PolicyValue; to: PolicyValue }[]
    policies: string[]
    overruled: { path: PolicyPath; value: PolicyValue; packValue: PolicyValue }[]
    gone: { file: string; code: string; cases: number }[]
    accounts: boolean
  }
  apply?: string
  loaded?: { version: number; unchanged: boolean }
}

/** @param apply of what was shown: then it is loaded. @param onStep told of each file as it is read. */
export async function sendPack(
  file: File,
  { apply, onStep }: { apply?: string | undefined; onStep: (step: string) => void },
): Promise<Answer<PackResult>> {
  const fail = (problem: Problem): Answer<PackResult> => ({ ok: false, problem })
  try {
    const path = `/api/v1/admin/city/pack${apply === undefined ? '' : `?apply=${apply}`}`
    const response = await fetch(path, { method: 'POST', body: form(file), credentials: 'same-origin' })
    if (!response.ok || !response.body)
      return fail(parseProblem(response.status, await response.json().catch(() => undefined)))
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    let rest = ''
    for (;;) {
      const { done, value } = await reader.read()
      const lines = (rest + (value ?? '')).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const said = JSON.parse(line) as { step?: string; result?: PackResult; problem?: { status: number } }
        if (said.step !== undefined) onStep(said.step)
        if (said.result) return { ok: true, value: said.result }
        if (said.problem) return fail(parseProblem(said.problem.status, said.problem))
      }
      if (done) return fail(UNREACHABLE)
    }
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) return fail(UNREACHABLE)
    throw error
  }
}

export type PolicySetting = SettingKind & {
  path: PolicyPath
  optional: boolean
  value: PolicyValue
  overruled?: { packValue: PolicyValue; reason: string; by?: string; at: string }
}
export interface CityPolicies {
  version: number
  settings: PolicySetting[]
  policies: Policies
  open: { filed: number; unfiled: number }
}

export const changePolicy = (
  change: { path: PolicyPath; reason: string } & ({ value: PolicyValue } | { back: true }),
) => request<CityPolicies>('/admin/policies', { method: 'PUT', body: change })

export interface Health {
  checks: Judged[]
  processes: {
    kind: 'api' | 'worker'
    version: string
    host: string
    pid: number
    startedAt: string
    silentSeconds: number
  }[]
  queues?: { name: string; waiting: number; active: number; delayed: number; failed: number }[]
  stuck: { id: string; status: string; since: string }[]
}
