// Follows one open case on the board, so that its page shows what others do to it. Remarks do not show on the board.
import { useEffect, useRef } from 'react'
import { useConnection, useFeedView } from './use-live.ts'

/** Calls `onChange` whenever the board has another word on the case; shows nothing. */
export function FollowCase(props: {
  c: { id: string; status: string; area?: { code: string } | undefined }
  onChange: () => void
}) {
  const { c, onChange } = props
  const view = useFeedView(useConnection({ scope: c.area === undefined ? 'city' : `area:${c.area.code}` }))
  const row = view.board?.cases.get(c.id)
  const word = view.board && JSON.stringify(row ?? 'over')
  const last = useRef<string>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another word asks again.
  useEffect(() => {
    if (word === undefined) return
    const isFirst = last.current === undefined
    if (isFirst ? row !== undefined && row.status !== c.status : last.current !== word) onChange()
    last.current = word
  }, [word])
  return null
}
