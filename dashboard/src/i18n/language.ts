// The chosen language: kept on this device, and taken from `?lang=` so that a screen can be set up by its address.

const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const STORED = 'huiyin.language'
const listeners = new Set<() => void>()

const parse = (value: string | null): Language | undefined =>
  value === null ? undefined : value.startsWith('en') ? 'en' : value.startsWith('zh') ? 'zh-CN' : undefined

function initial(): Language {
  if (typeof window === 'undefined') return 'zh-CN'
  return parse(new URLSearchParams(window.location.search).get('lang')) ?? parse(stored()) ?? 'zh-CN'
}

/** Private windows may refuse storage; the choice then lasts as long as the page. */
function stored(): string | null {
  try {
    return window.localStorage.getItem(STORED)
  } catch {
    return null
  }
}

let current = initial()
if (typeof document !== 'undefined') document.documentElement.lang = current

export const getLanguage = (): Language => current

export function setLanguage(language: Language): void {
  current = language
  document.documentElement.lang = language
  try {
    window.localStorage.setItem(STORED, language)
  } catch {
    // Storage refused: see `stored`.
  }
  for (const tell of listeners) tell()
}

export function onLanguage(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}
