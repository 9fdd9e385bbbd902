// The table at the end of a replay: every row of the file is in it once.
import type { ReplayFigures } from '#store/replay.ts'
import { endOf } from './play.ts'
import type { RequestFile } from './rows.ts'

export interface Summary {
  read: number
  unreadable: number
  notLocatable: number
  figures: ReplayFigures
  /** Rows that the file closed, of those reported. */
  closedInFile: number
  closedBeforeCreated: number
  lostByQueue: number
  seconds: number
}

export function summarize(
  file: RequestFile,
  figures: ReplayFigures,
  { lostByQueue, seconds }: { lostByQueue: number; seconds: number },
): Summary {
  const located = file.requests.filter((r) => r.position !== undefined)
  return {
    read: file.read,
    unreadable: file.unreadable.length,
    notLocatable: file.requests.length - located.length,
    figures,
    closedInFile: located.filter((r) => endOf(r) !== undefined).length,
    closedBeforeCreated: located.filter((r) => r.closedAt !== undefined && r.closedAt < r.createdAt).length,
    lostByQueue,
    seconds,
  }
}

/** Rows that are in no column of the table, or in two. */
export const unaccounted = ({ read, unreadable, notLocatable, figures }: Summary) =>
  read - unreadable - notLocatable - figures.reported

/** @param ended false when the replay was stopped: then rows are left over by right. */
export function table(s: Summary, file: RequestFile, ended: boolean): string {
  const { figures: f } = s
  const n = (value: number) => value.toLocaleString('en').padStart(9)
  const lines = [
    `rows read                       ${n(s.read)}`,
    `  reported                      ${n(f.reported)}`,
    `  not locatable (no coordinates)${n(s.notLocatable)}   not reported: a report needs a position`,
    `  unreadable                    ${n(s.unreadable)}`,
    `  ${ended ? 'unaccounted for' : 'not reached yet'}               ${n(unaccounted(s))}`,
    '',
    `of ${f.reported.toLocaleString('en')} reported`,
    `  filed                         ${n(f.filed)}`,
    `  closed                        ${n(f.closed)}   the file closed ${s.closedInFile.toLocaleString('en')}`,
    `  still open                    ${n(f.open)}`,
    ...f.waiting.map(
      ({ status, reason, n: some }) => `    ${status}${reason === null ? '' : ` (${reason})`}: ${some}`,
    ),
    ...(s.closedBeforeCreated > 0
      ? [`  closed before created in file ${n(s.closedBeforeCreated)}   closed at their created time`]
      : []),
    '',
    "overdue: by the file's own Due Date (across), by our limits (down)",
    `                                 in time  overdue`,
    `  ours in time                  ${n(f.lateByNone)}${n(f.lateByFile)}`,
    `  ours overdue                  ${n(f.lateByUs)}${n(f.lateByBoth)}`,
    `  without one of the two        ${n(f.withoutDue)}`,
    '',
    ...(s.lostByQueue > 0 ? [`steps that the queue had lost   ${n(s.lostByQueue)}   done all the same`] : []),
    `seconds taken                   ${s.seconds.toFixed(1).padStart(9)}`,
  ]
  if (file.unreadable.length > 0) {
    lines.push('', 'Unreadable rows:')
    for (const { line, reason } of file.unreadable.slice(0, 20)) lines.push(`  line ${line}: ${reason}`)
    if (file.unreadable.length > 20) lines.push(`  … and ${file.unreadable.length - 20} more`)
  }
  return lines.join('\n')
}
