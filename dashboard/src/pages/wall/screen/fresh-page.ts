// A wall runs for months: when the server hands out another build of the page, it loads itself anew. Only while nothing
// is shown from the desk, only when the new page is really there, and never twice for the same build.
import { useEffect } from 'react'

/** Until the new page can be fetched, or after a reload that brought the old one again. */
const AGAIN_MS = 30_000
const TRIED = 'huiyin.reloaded-for'

interface PageVersion {
  /** The entry file that this page was started from; undefined in development. */
  own: string | undefined
  /** The server's word; undefined before it was heard. */
  served: string | undefined
  /** Something is shown from the desk. */
  showing: boolean
  /** The build that this browser has loaded itself anew for already. */
  tried: string | undefined
}

export const isOutdated = ({ own, served, showing, tried }: PageVersion): boolean =>
  own !== undefined && served !== undefined && own !== served && !showing && tried !== served

/** The page and its entry can be fetched now, and belong together. */
export async function isThere(entry: string, get: typeof fetch = fetch): Promise<boolean> {
  try {
    const page = await get('/wall', { cache: 'no-store' })
    if (!page.ok || !(await page.text()).includes(entry)) return false
    return (await get(entry, { cache: 'no-store' })).ok
  } catch (error) {
    // The line is gone, or the server is just being started again: the next look will tell.
    if (error instanceof TypeError) return false
    throw error
  }
}

export const ownEntry = (): string | undefined =>
  [...document.scripts]
    .map((s) => new URL(s.src || '/', location.href).pathname)
    .find((p) => p.startsWith('/assets/'))

/** Private windows may refuse storage: then a page that cannot become new is loaded every half minute at worst. */
function triedFor(): string | undefined {
  try {
    return sessionStorage.getItem(TRIED) ?? undefined
  } catch {
    return undefined
  }
}
function keepTried(entry: string): void {
  try {
    sessionStorage.setItem(TRIED, entry)
  } catch {
    // See `triedFor`.
  }
}

export function useFreshPage(served: string | undefined, showing: boolean): void {
  useEffect(() => {
    if (served === undefined || !isOutdated({ own: ownEntry(), served, showing, tried: triedFor() })) return
    let over = false
    const look = async () => {
      if (!(await isThere(served)) || over) return
      keepTried(served)
      location.reload()
    }
    void look()
    const timer = setInterval(() => void look(), AGAIN_MS)
    return () => {
      over = true
      clearInterval(timer)
    }
  }, [served, showing])
}
