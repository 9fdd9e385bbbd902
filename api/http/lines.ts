// Long work answered as lines of JSON: one a step while it goes on, then the result or what went wrong.
import type { FastifyReply } from 'fastify'

export interface LongWork<Result, Problem> {
  /** @param signal whoever asked has gone away */
  task: (say: (step: string) => void, signal: AbortSignal) => Promise<Result>
  /** The status was sent long ago: a fault is a line too. */
  problemOf: (error: unknown) => Problem
}

/** `{"step":…}` lines, then `{"result":…}` or `{"problem":…}`. */
export async function* linesOf<Result, Problem>(
  reply: FastifyReply,
  { task, problemOf }: LongWork<Result, Problem>,
): AsyncGenerator<string> {
  const gone = new AbortController()
  reply.raw.on('close', () => gone.abort())
  const said: ({ step: string } | { result: Result } | { problem: Problem })[] = []
  let ended = false
  let wake = () => {}
  const tell = (line: (typeof said)[number]) => {
    said.push(line)
    wake()
  }
  void task((step) => tell({ step }), gone.signal)
    .then((result) => tell({ result }))
    .catch((error: unknown) => tell({ problem: problemOf(error) }))
    .finally(() => {
      ended = true
      wake()
    })
  for (;;) {
    const woken = new Promise<void>((resolve) => {
      wake = resolve
    })
    for (const line of said.splice(0)) yield `${JSON.stringify(line)}\n`
    if (ended && said.length === 0) return
    await woken
  }
}
