// The clock of a case in words: left or over by how much, or how long it has waited where no clock runs.
import type { BoardCase } from '#domain/board.ts'
import { isRunning } from '#domain/board-view.ts'
import { formatSpan } from '../../i18n/format.ts'
import type { Translate } from '../../i18n/translate.ts'

export function clockWords(c: BoardCase, now: number, t: Translate): string {
  if (!isRunning(c) || c.dueAt === undefined) return t('drill.waited', { span: formatSpan(now - c.since, t) })
  const span = formatSpan(c.dueAt - now, t)
  return c.dueAt < now ? t('wall.late.over', { span }) : t('wall.late.left', { span })
}
