// `npm run demo`: sets clock, scene and volume of a running demo through its public API, as its administrator. Parses
// its arguments and prints; knows nothing of the inside.
import { parseArgs } from 'node:util'
import { LEAST_MULTIPLE, MOST_MULTIPLE, SCENE_HOURS, type Scene, STORM_REPORTS_A_DAY } from '#domain/demo.ts'
import { FASTEST_RATE, SLOWEST_RATE } from '#domain/demo-clock.ts'
import type { DemoView } from '#api/routes/demo.ts'
import { signedIn } from './administrator.ts'
import { span } from './span.ts'

export const HELP = `
npm run demo -- status        what is set now
npm run demo -- storm         暴雨: ${STORM_REPORTS_A_DAY} reports a day at real volume, waterlogging, fallen trees and lines;
                              ends by itself after ${SCENE_HOURS.storm} hours of the demo clock
npm run demo -- quiet         静夜: a calm night; ends by itself after ${SCENE_HOURS.quiet} hours
npm run demo -- ordinary      平日: ends a scene at once
npm run demo -- pause         the simulated people stop working; the clock goes on
npm run demo -- resume        and begin again
npm run demo -- clock N       N times as fast as the world, ${SLOWEST_RATE} to ${FASTEST_RATE}; 1 is the world's pace, and what the
                              clock is ahead then stays: a log cannot go back
npm run demo -- volume N      N times the reports of a real day, ${LEAST_MULTIPLE} to ${MOST_MULTIPLE}

  --url URL                   of the running system (PUBLIC_URL, what runs on DATA_DIR, or http://127.0.0.1:PORT)
  --password TEXT             of the account admin (demo)

Only a demo can be set like this. The administrator's page /admin does the same.
`.trim()

export interface Io {
  env: Readonly<Record<string, string | undefined>>
  /** Where the system that runs on this DATA_DIR answers, if one does. */
  running?: string | undefined
  out(text: string): void
  err(text: string): void
}

type Change = Partial<Pick<DemoView, 'scene' | 'multiple' | 'rate' | 'traffic'>>

interface Parsed {
  /** Undefined: only look. */
  change: Change | undefined
  url: string
  password: string
}

/** @returns the exit code: 0, 1 when it could not be done, 2 for arguments that make no sense. */
export async function demoCommand(args: readonly string[], io: Io): Promise<number> {
  const parsed = parse(args, io)
  if (parsed === 'help') {
    io.out(HELP)
    return 0
  }
  if (typeof parsed === 'string') {
    io.err(`${parsed}\n\n${HELP}`)
    return 2
  }
  const { url, password, change } = parsed
  const admin = await signedIn(url, 'admin', password)
  if (typeof admin === 'string') {
    io.err(admin)
    return 1
  }
  const answer = await admin.send<DemoView>(change ? 'PUT' : 'GET', '/demo', change)
  if (typeof answer === 'string') io.err(answer)
  else io.out(described(answer))
  await admin.leave()
  return typeof answer === 'string' ? 1 : 0
}

const SIMPLE: Readonly<Record<string, Change | undefined>> = {
  status: undefined,
  storm: { scene: 'storm' },
  quiet: { scene: 'quiet' },
  ordinary: { scene: 'ordinary' },
  pause: { traffic: false },
  resume: { traffic: true },
}

const NUMBERS = {
  clock: { least: SLOWEST_RATE, most: FASTEST_RATE, change: (n: number): Change => ({ rate: n }) },
  volume: { least: LEAST_MULTIPLE, most: MOST_MULTIPLE, change: (n: number): Change => ({ multiple: n }) },
} as const

const isNumbered = (action: string): action is keyof typeof NUMBERS => Object.hasOwn(NUMBERS, action)

/** What was asked for, `help`, or why it makes no sense. */
function parse(args: readonly string[], { env, running }: Io): Parsed | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        url: { type: 'string' },
        password: { type: 'string', default: 'demo' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    const [action, ...rest] = positionals
    if (values.help || action === 'help') return 'help'
    if (action === undefined) return 'What to do?'
    const port = env.PORT?.trim()
    const local = (port ? undefined : running) ?? `http://127.0.0.1:${port || '8080'}`
    const url = (values.url ?? env.PUBLIC_URL ?? '').trim() || local
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
      return `"${url}" is no address (http://…)`
    const change = changeOf(action, rest)
    return typeof change === 'string'
      ? change
      : { change, url: url.replace(/\/+$/, ''), password: values.password }
  } catch (error) {
    if (error instanceof TypeError) return error.message
    throw error
  }
}

function changeOf(action: string, rest: readonly string[]): Change | string | undefined {
  if (!isNumbered(action)) {
    if (!Object.hasOwn(SIMPLE, action)) return `Unknown: ${action}`
    return rest.length > 0
      ? `${action} takes nothing else; not understood: ${rest.join(' ')}`
      : SIMPLE[action]
  }
  const { least, most, change } = NUMBERS[action]
  const [text = ''] = rest
  const n = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN
  if (rest.length === 1 && n >= least && n <= most) return change(n)
  return `${action} takes one whole number, ${least} to ${most}`
}

const SCENE_WORDS: Readonly<Record<Scene, string>> = {
  ordinary: 'ordinary day 平日',
  storm: 'storm 暴雨',
  quiet: 'quiet night 静夜',
}

/** `2026-11-19 14:05` of an ISO instant in the city's offset. */
const minute = (iso: string) => iso.slice(0, 16).replace('T', ' ')

function described({
  scene,
  sceneUntil,
  multiple,
  traffic,
  hasTraffic,
  rate,
  aheadMs,
  now,
}: DemoView): string {
  const until = sceneUntil === undefined ? '' : `, until ${minute(sceneUntil)} by the demo clock`
  const ahead = aheadMs < 60_000 ? '' : `, ${span(aheadMs)} ahead of the world`
  const people = !hasTraffic
    ? 'none: this system was started with DEMO_TRAFFIC=0'
    : traffic
      ? 'at work'
      : 'paused'
  return [
    `Scene 场景    ${SCENE_WORDS[scene]}${until}`,
    `Volume 业务量 ×${multiple} of a real day`,
    `People 人员   ${people}`,
    `Clock 时钟    ×${rate}, shows ${minute(now)}${ahead}`,
  ].join('\n')
}
