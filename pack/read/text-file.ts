// Bytes of a pack file as text: UTF-8 with or without BOM, UTF-16 with BOM (a spreadsheet's "Unicode text"), or GB18030.
import iconv from 'iconv-lite'

/** Undefined when it is text in none of these. */
export function decode(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return iconv.decode(bytes, 'utf16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return iconv.decode(bytes, 'utf16be')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Not UTF-8: the other encoding decides.
    const text = iconv.decode(bytes, 'gb18030')
    return text.includes('\uFFFD') ? undefined : text
  }
}
