// How like two short Chinese texts are: pairs of neighbouring characters that both have. No dictionary, so every result can
// be shown: the share, and the longest piece that both contain. Numbers that tell places apart are place-words.ts.

/** Said in any report; tells nothing apart. */
const FILLER =
  /来电反映|市民来电|居民反映|群众反映|有人反映|请尽快处理|希望处理|影响通行|影响走路|没有人管|没人管|没人收|没人清|附近|发现|有人|很多|好多|大量|一直|这里|那里|那个|这个|已经|还是|一下|约|的|了|着|在|有|被|把|又|还|很|都|是/g

/** One spelling for full-width, upper and lower case; punctuation and blanks taken away. */
export const plainText = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]/gu, '')

/** What is left of a text without the words that any report has. */
export const tellingText = (text: string) => plainText(text).replace(FILLER, '')

/** Pairs of neighbouring characters, each once. A text of one character is that character. */
export function bigrams(text: string): Set<string> {
  const characters = [...text]
  if (characters.length === 1) return new Set(characters)
  return new Set(characters.slice(1).map((c, i) => (characters[i] ?? '') + c))
}

export interface TextLikeness {
  /** Pairs of characters in common, as a share of those of the text that has fewer: 0 to 1. */
  share: number
  /** How many pairs they have in common. */
  pairs: number
  /** The longest piece that both contain, at least two characters; else empty. */
  piece: string
}

/** Of two texts as people wrote them. The order doesn't matter but for equally long pieces. */
export function textLikeness(a: string, b: string): TextLikeness {
  const [x, y] = [tellingText(a), tellingText(b)]
  const [p, q] = [bigrams(x), bigrams(y)]
  const pairs = [...p].filter((pair) => q.has(pair)).length
  const fewer = Math.min(p.size, q.size)
  return { share: fewer === 0 ? 0 : pairs / fewer, pairs, piece: commonPiece(x, y) }
}

/** The longest piece of at least two characters that both contain. */
export function commonPiece(a: string, b: string): string {
  const [x, y] = [[...a], [...b]]
  let best = { end: 0, length: 1 }
  let above = new Array<number>(y.length + 1).fill(0)
  for (let i = 1; i <= x.length; i++) {
    const row = new Array<number>(y.length + 1).fill(0)
    for (let j = 1; j <= y.length; j++) {
      if (x[i - 1] !== y[j - 1]) continue
      const length = (above[j - 1] ?? 0) + 1
      row[j] = length
      if (length > best.length) best = { end: i, length }
    }
    above = row
  }
  return best.length < 2 ? '' : x.slice(best.end - best.length, best.end).join('')
}
