// The decisions that can be taken on one case: a key each, the suggested one by Enter; those that need a word or a yes
// first ask for it in a dialog.
import { type ReactNode, useState } from 'react'
import type { BoardCase } from '#domain/board.ts'
import type { DeskItemJson } from '../../../api/desk.ts'
import type { KeyBinding } from '../../../components/keys/keys.ts'
import { useLanguage, useT, wordFor } from '../../../i18n/translate.ts'
import { useDesk } from '../desk-context.ts'
import { asksFor, STEP_KEYS, type Step, weightOf } from '../model/steps.ts'
import { type Suggestion, replyOutcome, suggest } from '../model/suggest.ts'
import { printOf } from '../use-steps.ts'
import { AskDialog, type Question } from './ask-dialog.tsx'

export interface Choice {
  action: string
  key: string | undefined
  label: string
  run: () => void
}

export interface Decisions {
  suggestion: Suggestion | undefined
  /** Takes the suggestion. */
  go: () => void
  choices: Choice[]
  /** Enter and the letters. */
  bindings: KeyBinding[]
  dialog: ReactNode
  /** Decides without asking, for a view with keys of its own. */
  take: (steps: readonly Step[], label?: string) => void
  ask: (action: string) => void
}

/** Offered on the case's own page, not here. */
const ELSEWHERE: readonly string[] = ['rate', 'rule-on-appeal', 'comment']

/**
 * @param c the case as on the board; absent when it has left it
 * @param isAsked somebody went to this case on purpose: that another seat has it in hand, perhaps with nobody before it, is
 *   said but does not stop them; the case's version decides who was first
 */
export function useDecisions(
  item: DeskItemJson | undefined,
  c: BoardCase | undefined,
  isAsked = false,
): Decisions {
  const t = useT()
  const language = useLanguage()
  const { steps: pipeline, seats } = useDesk()
  const [question, setQuestion] = useState<Question & { caseId: string }>()
  const suggestion = item && suggest(item)
  const name = (action: string) => wordFor(t, 'centre.step', action)
  const isOthers = !isAsked && item !== undefined && seats.others.has(item.case.id)

  const take = (steps: readonly Step[], label = steps.map((s) => name(s.action)).join(' + ')) => {
    if (!item || isOthers) return
    setQuestion(undefined)
    const [first] = steps
    // What is made of two steps, or cannot wait, goes at once: it was confirmed, or seconds count.
    const wait = steps.length === 1 && first !== undefined && weightOf(first.action) !== 'now'
    const no = item.case.caseNo ?? item.case.receiptNo
    pipeline.decide(item.case, { steps, label: `${label} ${no}`, print: c && printOf(c), wait })
  }

  const ask = (action: string) => {
    if (!item || isOthers) return
    const asks = asksFor(action, {
      hasCategory: item.case.category !== undefined,
      hasRequest: item.case.request !== undefined,
      hasUnit: item.routing.department !== undefined && action === 'dispatch-first',
    })
    if (asks === 'nothing') {
      const unit = action === 'dispatch-first' ? { department: item.routing.department?.code } : {}
      return take([{ action, payload: unit }])
    }
    setQuestion({ asks, action, caseId: item.case.id })
  }

  const go = () => {
    if (!item || !suggestion || isOthers) return
    const [first] = suggestion.steps
    if (!first) return
    const isHeavy = suggestion.steps.length > 1 || weightOf(first.action) === 'ask'
    if (!isHeavy) return take(suggestion.steps)
    setQuestion({ asks: 'yes', action: first.action, steps: suggestion.steps, caseId: item.case.id })
  }

  const choices = (item?.offers ?? [])
    .filter((action) => !ELSEWHERE.includes(action))
    .map(
      (action): Choice => ({ action, key: STEP_KEYS[action], label: name(action), run: () => ask(action) }),
    )
  const bindings: KeyBinding[] = [
    ...(suggestion ? [{ key: 'enter', label: t('centre.suggested'), run: go }] : []),
    ...choices.flatMap(({ key, label, run }) => (key === undefined ? [] : [{ key, label, run }])),
  ]
  const isOpen = question !== undefined && question.caseId === item?.case.id
  return {
    suggestion,
    go,
    choices,
    bindings,
    take,
    ask,
    dialog: isOpen && item && (
      <AskDialog
        key={`${question.caseId} ${question.action}`}
        question={question}
        item={item}
        outcome={replyOutcome(item.case)}
        language={language}
        onTake={take}
        onClose={() => setQuestion(undefined)}
      />
    ),
  }
}
