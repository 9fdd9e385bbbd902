// Text of a spreadsheet export: UTF-8 or GB18030, told apart by whether the bytes are valid UTF-8; a mark at the start
// is dropped. Nothing is replaced: bytes that are neither are a refusal.

export type Decoded = { ok: true; text: string; encoding: 'utf-8' | 'gb18030' } | { ok: false }

export function decodeExport(bytes: Uint8Array): Decoded {
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    try {
      return { ok: true, text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
    }
  }
  return { ok: false }
}
