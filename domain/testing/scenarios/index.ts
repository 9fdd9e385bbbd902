// All scenarios, in the order in which docs/scenarios.md tells them.
import type { Scenario } from '../scenario.ts'
import { CLOSING } from './closing.ts'
import { DEVICE } from './device.ts'
import { HANDLING } from './handling.ts'
import { LADDER } from './ladder.ts'
import { REPORTING } from './reporting.ts'

export const SCENARIOS: readonly Scenario[] = [...REPORTING, ...HANDLING, ...LADDER, ...CLOSING, ...DEVICE]
