// Decisions on their way to the server: light ones wait a few seconds to be undone, others go at once; what was refused
// comes back with the reason. A decided case leaves the queues at once and returns only when its state is another one.
import { useCallback, useState } from 'react'
import { v4 as uuid } from 'uuid'
import type { BoardCase } from '#domain/board.ts'
import { act, type CaseJson } from '../../api/cases.ts'
import type { Problem } from '../../api/problem.ts'
import { useOutbox } from '../../components/undo/use-outbox.ts'
import type { Step } from './model/steps.ts'

export interface Decision {
  id: string
  caseId: string
  version: number
  steps: readonly Step[]
  /** e.g. `立案 R20261119001`. */
  label: string
  /** The wait that it answers; undefined for a case that waited for nobody here. */
  print: string | undefined
}

export interface Refused {
  id: string
  caseId: string
  label: string
  problem: Problem
}

/** Tells one wait of a case from the next. */
export const printOf = ({ status, waitsFor, department, round }: BoardCase) =>
  [status, waitsFor?.action, waitsFor?.who, waitsFor?.since, department, round].join(' ')

export interface Steps {
  decide(
    c: Pick<CaseJson, 'id' | 'version'>,
    given: { steps: readonly Step[]; label: string; print: string | undefined; wait: boolean },
  ): void
  /** Takes back the newest that waits; its case, if there was one. */
  undo(): string | undefined
  /** Not yet sent, oldest first. */
  waiting: readonly Decision[]
  /** Was this wait of the case answered here already? */
  isDone(c: BoardCase): boolean
  refused: readonly Refused[]
  dismiss(id: string): void
}

/** @param onSent after each answer of the server, taken or refused */
export function useSteps(onSent: (caseId: string) => void): Steps {
  const [done, setDone] = useState<ReadonlyMap<string, string | undefined>>(new Map())
  const [refused, setRefused] = useState<readonly Refused[]>([])

  const forget = useCallback(
    (caseId: string) => setDone((d) => new Map([...d].filter(([id]) => id !== caseId))),
    [],
  )
  const send = async ({ id, caseId, steps, label, ...given }: Decision, leaving: boolean) => {
    let { version } = given
    for (const [i, { action, payload }] of steps.entries()) {
      const answer = await act(caseId, action, version, payload, {
        idempotencyKey: `${id}.${i}`,
        keepalive: leaving,
      })
      if (!answer.ok) {
        forget(caseId)
        setRefused((r) => [...r, { id, caseId, label, problem: answer.problem }])
        break
      }
      version = answer.value.version
    }
    onSent(caseId)
  }
  const outbox = useOutbox<Decision>((decision, leaving) => void send(decision, leaving))

  const isDone = useCallback((c: BoardCase) => done.get(c.id) === printOf(c), [done])
  const dismiss = useCallback((id: string) => setRefused((r) => r.filter((x) => x.id !== id)), [])
  return {
    decide(c, { steps, label, print, wait }) {
      const decision = { id: uuid(), caseId: c.id, version: c.version, steps, label, print }
      setDone((d) => new Map(d).set(c.id, print))
      if (wait) outbox.add(decision)
      else void send(decision, false)
    },
    undo() {
      const taken = outbox.undo()
      if (taken) forget(taken.caseId)
      return taken?.caseId
    },
    waiting: outbox.waiting,
    isDone,
    refused,
    dismiss,
  }
}
