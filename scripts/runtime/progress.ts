// Numbered steps of a long start: `[2/7] PostgreSQL … 0.9 s`, with the seconds running on a terminal and a line now and
// then elsewhere. Only shows; what a step does is its own business.
export interface Progress {
  /** Runs `work` as the next step. `note` in it adds a line under the step; its answer is kept. */
  step<T>(title: string, work: (note: (line: string) => void) => Promise<T>): Promise<T>
}

export interface Output {
  isTTY?: boolean | undefined
  write(text: string): unknown
}

const REMIND_MS = 10_000

/** @param steps how many there will be, for the numbers in front. */
export function showProgress(
  steps: number,
  out: Output = process.stdout,
  now: () => number = Date.now,
): Progress {
  let number = 0
  return {
    step: async (title, work) => {
      number += 1
      const began = now()
      const head = `[${number}/${steps}] ${title} … `
      const seconds = () => `${((now() - began) / 1000).toFixed(1)} s`
      const terminal = out.isTTY === true
      const show = () => out.write(terminal ? `\r${head}${seconds()}` : `${head}${seconds()} so far\n`)
      if (terminal) out.write(head)
      const timer = setInterval(show, terminal ? 1000 : REMIND_MS)
      const end = (text: string) => {
        clearInterval(timer)
        out.write(`${terminal ? '\r' : ''}${head}${text}\n`)
      }
      const notes: string[] = []
      try {
        const answer = await work((line) => notes.push(line))
        end(seconds())
        for (const line of notes) out.write(`      ${line}\n`)
        return answer
      } catch (error) {
        end('failed')
        throw error
      }
    },
  }
}
