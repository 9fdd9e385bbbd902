// Chinese words of the interface itself on a page that is shown in English: what is left of its texts when the data's own
// words, as the server sent them, are taken out.
import type { Page } from 'playwright-core'

const HAN = /\p{Script=Han}/u

/** Sentences that come in both languages stand under these names: an English page shows the other. */
const CHINESE_HALF = ['zh', 'nameZh']

function collect(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') {
    if (HAN.test(value)) into.add(value)
  } else if (Array.isArray(value)) for (const one of value) collect(one, into)
  else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value)) if (!CHINESE_HALF.includes(key)) collect(one, into)
}

/** Runs in the browser: every text that is seen or read out. */
function textsOnPage(): string[] {
  const texts: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(node.textContent ?? '')
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
    for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
      texts.push(element.getAttribute(name) ?? '')
  return [...texts, document.title]
}

/**
 * Listens from now on to what the server sends. Call before the page is opened.
 * @returns what asks the page: each text with Chinese of the interface in it, once; `more` are words that may stand there
 */
export function ownChinese(page: Page): (more?: readonly string[]) => Promise<string[]> {
  const data = new Set<string>()
  page.on('response', (response) => {
    if (!response.url().includes('/api/')) return
    // A page that was left takes its answers with it.
    void response.json().then(
      (body) => collect(body, data),
      () => undefined,
    )
  })
  return async (more = []) => {
    const known = [...data, ...more].sort((a, b) => b.length - a.length)
    const left = (await page.evaluate(textsOnPage)).filter((text) => {
      let rest = text
      for (const word of known) if (HAN.test(rest)) rest = rest.replaceAll(word, '')
      return HAN.test(rest)
    })
    return [...new Set(left)]
  }
}
