// What is wrong with the letters on a page: cut off, outside their panel, under another text, or too small to be read.
// Runs in the browser, so it uses nothing from outside itself.

/** One line a fault, e.g. `cut 120>100 待核查`; empty = none. Maps, charts and pictures look after their own letters. */
export function faultsOnPage(): string[] {
  const OWN = '.visually-hidden, [data-leaving], .maplibregl-map, svg, dialog, [data-panel="camera"]'
  const SMALL_REM = 1.37
  const faults = new Set<string>()
  const isSeen = (e: Element) => {
    const r = e.getBoundingClientRect()
    return r.width > 1 && r.height > 1 && getComputedStyle(e).visibility !== 'hidden' && !e.closest(OWN)
  }
  const hasWords = (e: Element) =>
    [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.textContent?.trim() !== '')
  const texts = [...document.querySelectorAll('main *')].filter((e) => isSeen(e) && hasWords(e))
  const root = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  const boxes = texts.map((e) => {
    const range = document.createRange()
    range.selectNodeContents(e)
    // A line's box is higher than its letters, and lines stand closer than their boxes.
    const { left, right, top, bottom } = range.getBoundingClientRect()
    const air = (bottom - top) / 5
    const box = { left, right, top: top + air, bottom: bottom - air }
    return { e, name: (e.textContent ?? '').trim().slice(0, 30), box }
  })
  for (const { e, name, box } of boxes) {
    const isInline = getComputedStyle(e).display === 'inline'
    if (!isInline && e.scrollWidth > e.clientWidth + 1)
      faults.add(`cut ${e.scrollWidth}>${e.clientWidth} ${name}`)
    if (Number.parseFloat(getComputedStyle(e).fontSize) < root * SMALL_REM) faults.add(`small ${name}`)
    const panel = e.closest('[data-panel]')?.getBoundingClientRect()
    if (!panel) continue
    const out = Math.max(
      panel.left - box.left,
      box.right - panel.right,
      panel.top - box.top,
      box.bottom - panel.bottom,
    )
    if (out > 2) faults.add(`outside by ${Math.round(out)} ${name}`)
  }
  for (const [i, a] of boxes.entries())
    for (const b of boxes.slice(i + 1)) {
      if (a.e.contains(b.e) || b.e.contains(a.e)) continue
      const x = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left)
      const y = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top)
      if (x > 3 && y > 2) faults.add(`over ${a.name} / ${b.name}`)
    }
  return [...faults]
}
