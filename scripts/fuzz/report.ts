// What a fuzz found, in words: each kind of finding once, with a request that shows it.
import { EXCEPTED, type Watch } from './untouched.ts'
import type { Finding, Outcome } from './run.ts'

/** The same fault of the same operation is one finding, whoever met it. */
const kindOf = ({ what, request, status }: Finding) =>
  `${request.method} ${(request.url.split('?')[0] ?? '').replaceAll(/[0-9a-f-]{36}|%[0-9A-F]{2}.*|x{9}x*/g, '{id}')} ${status} ${what.slice(0, 80)}`

function shown({ what, caller, step, request, status, answer }: Finding, times: number): string {
  const body =
    typeof request.body === 'string'
      ? request.body.slice(0, 500)
      : request.body && `${request.body.length} bytes`
  return [
    `${request.method} ${request.url.slice(0, 300)} → ${status}, as ${caller}, request ${step} (${times} times)`,
    `  ${what.slice(0, 400)}`,
    `  flaw: ${request.flaw}; headers: ${JSON.stringify(request.headers).slice(0, 300)}`,
    ...(body === undefined ? [] : [`  body: ${body}`]),
    `  answer: ${answer.slice(0, 300)}`,
  ].join('\n')
}

export function report(
  { requests, byClass, asked, refusals, findings }: Outcome,
  { seed, callers, watch }: { seed: number; callers: number; watch: Watch },
): string {
  const kinds = new Map<string, Finding[]>()
  for (const f of findings) kinds.set(kindOf(f), [...(kinds.get(kindOf(f)) ?? []), f])
  const counts = [...asked.values()]
  const never = [...asked]
    .filter(([, c]) => c.accepted === 0)
    .map(([name, { why }]) => `    ${name}${why === undefined ? '' : `: ${why}`}`)
  return [
    ...[...kinds.values()].flatMap((all) => (all[0] ? [shown(all[0], all.length), ''] : [])),
    `${requests} requests as ${callers} callers, seed ${seed}`,
    `  operations asked: ${counts.filter((c) => c.requests > 0).length} of ${counts.length}, accepted at least once: ${counts.length - never.length}`,
    `  answers: ${Object.entries(byClass)
      .map(([digit, n]) => `${digit}xx ${n}`)
      .join(', ')}`,
    `  refusals held against the tables: ${refusals} (${watch.counts.byNumber} answers took no transaction, ${watch.counts.read} times the tables were read)`,
    `  tables not held: ${Object.keys(EXCEPTED).join(', ')}`,
    ...(never.length > 0 ? ['  never accepted, and the last reason:', ...never] : []),
    findings.length === 0 ? 'Nothing found.' : `${kinds.size} kinds of finding.`,
  ].join('\n')
}
