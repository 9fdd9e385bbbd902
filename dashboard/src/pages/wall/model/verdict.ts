// The day in one word by rule: calm 平稳, watch 关注 or tense 紧张, and why. The same figures always say the same.
import { isOverdue } from '#domain/board-view.ts'
import type { WallModel } from '../model.ts'

type Mood = 'calm' | 'watch' | 'tense'

/** Of all running clocks, so many per cent over their limit make a day tense. */
const TENSE_SHARE = 0.1
/** A decision of the centre that waits longer than this is worth a word. */
const LONG_WAIT_MS = 2 * 3_600_000

export interface Verdict {
  mood: Mood
  /** What to say after the word, most pressing first; at most two. */
  because: (
    | { kind: 'urgent-late'; n: number }
    | { kind: 'overdue'; n: number; unit: string | undefined; ofUnit: number }
    | { kind: 'urgent'; n: number }
    | { kind: 'waiting'; n: number }
  )[]
}

export function verdictOf(
  model: Pick<WallModel, 'urgent' | 'overdue' | 'units' | 'lights' | 'decisions' | 'storm'>,
  now: number,
): Verdict {
  const running = model.lights.green + model.lights.yellow + model.lights.red
  const urgentLate = model.urgent.filter(isOverdue).length
  const long = model.decisions.filter(
    (d) => d.oldestSince !== undefined && now - d.oldestSince > LONG_WAIT_MS,
  )
  const waiting = long.reduce((sum, d) => sum + d.n, 0)
  const worst = model.units[0]
  const because: Verdict['because'] = []
  if (urgentLate > 0) because.push({ kind: 'urgent-late', n: urgentLate })
  if (model.overdue.length > 0)
    because.push({
      kind: 'overdue',
      n: model.overdue.length,
      unit: worst && worst.overdue > 0 ? worst.code : undefined,
      ofUnit: worst?.overdue ?? 0,
    })
  if (model.urgent.length > 0 && urgentLate === 0) because.push({ kind: 'urgent', n: model.urgent.length })
  if (waiting > 0) because.push({ kind: 'waiting', n: waiting })
  const isTense = urgentLate > 0 || model.storm || model.overdue.length > Math.max(5, running * TENSE_SHARE)
  return { mood: isTense ? 'tense' : because.length > 0 ? 'watch' : 'calm', because: because.slice(0, 2) }
}
