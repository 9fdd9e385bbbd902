// What the four steps share: run the automatic steps due at the version that the job was born from. A chain of them runs
// in one job and one append; at another version there is nothing to do.
import type { StepName } from '../catalogue.ts'
import type { Handler } from '../handlers.ts'

export const stepHandler = <N extends StepName>(name: N): Handler<N> => ({
  name,
  async run({ caseId, version }, { runtime, tally }) {
    const steps = await runtime.commander.advance(caseId, version)
    tally.steps += steps
    return undefined
  },
})
