// What a person is told about an item that was not accepted: why, in words, and what to do.
import type { Translate } from '../../i18n/translate.ts'
import { problemText } from '../../api/problem.ts'
import type { Waiting } from '../../offline/queue-rules.ts'

/** The server's sentence with its faults by field; undefined where nothing went wrong. */
export function reasonOf({ problem }: Waiting, t: Translate): string | undefined {
  if (!problem) return undefined
  const fields = problem.fields.map((f) => `${f.field}: ${f.message}`)
  return [problemText(problem, t), ...fields].join(' ')
}

export function adviceOf({ problem }: Waiting, t: Translate): string {
  switch (problem?.code) {
    case 'illegal-step':
    case 'not-found':
      return t('queue.advice.illegal-step')
    case 'photo-lost':
      return t('queue.advice.photo-lost')
    case 'forbidden':
    case 'source-not-yours':
    case 'not-your-case':
      return t('queue.advice.forbidden')
    default:
      return t(
        problem?.status === 400 || problem?.status === 422 ? 'queue.advice.invalid' : 'queue.advice.other',
      )
  }
}
