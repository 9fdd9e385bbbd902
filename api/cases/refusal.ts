// A refusal of the domain as a problem. The codes are the domain's own.
import type { CommandResult } from '#store/commander.ts'
import { Problem } from '../http/problem.ts'

type Refusal = Extract<CommandResult, { ok: false }>['refusal']

const STATUS: Record<Refusal['code'], number> = {
  'illegal-step': 409,
  'stale-version': 409,
  busy: 409,
  'calendar-ended': 409,
  'nobody-on-duty': 409,
  forbidden: 403,
  invalid: 400,
  'unknown-category': 400,
  'unknown-condition': 400,
  'unknown-department': 400,
  'not-found': 404,
  'key-reused': 422,
}

export function refused(refusal: Refusal): Problem {
  const { code, detail } = refusal
  return new Problem(STATUS[code], code, detail, {
    errors: 'errors' in refusal ? refusal.errors : undefined,
    allowed: 'allowed' in refusal ? refusal.allowed : undefined,
  })
}
