// What a step would come to, asked a moment after the last change of what is typed.
import { useEffect, useState } from 'react'
import type { PreviewJson } from '../../api/cases.ts'
import { type Resource, useResource } from '../../api/use-resource.ts'

const PAUSE_MS = 300

/** @param query undefined = too little is typed to ask */
export function usePreview(caseId: string, query: Record<string, string> | undefined): Resource<PreviewJson> {
  const wanted = query && `/cases/${caseId}/preview?${new URLSearchParams(query)}`
  const [path, setPath] = useState<string>()
  useEffect(() => {
    const timer = setTimeout(() => setPath(wanted), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [wanted])
  const found = useResource<PreviewJson>(path)
  const isCurrent = path === wanted
  return {
    ...found,
    value: isCurrent ? found.value : undefined,
    problem: isCurrent && !found.loading ? found.problem : undefined,
    loading: wanted !== undefined && (!isCurrent || found.loading),
  }
}
