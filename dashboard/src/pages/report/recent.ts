// Categories that were used on this device lately, the newest first.
const KEY = 'huiyin.recent-categories'
const MOST = 6

export function recentCategories(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((v) => typeof v === 'string') : []
  } catch {
    // Damaged, or a browser that keeps nothing: as if none had been used.
    return []
  }
}

export function rememberCategory(code: string): void {
  const next = [code, ...recentCategories().filter((c) => c !== code)].slice(0, MOST)
  try {
    localStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // A convenience only.
  }
}
