// Bytes of a pack file as text: UTF-8 with or without BOM, UTF-16 with BOM (a spreadsheet's "Unicode text"), or GB18030.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import type { Findings } from './findings.ts'

/** Undefined when the file is missing (a fault unless optional) or is text in none of these. */
export async function readText(
  dir: string,
  file: string,
  findings: Findings,
  { optional = false } = {},
): Promise<string | undefined> {
  let bytes: Buffer
  try {
    bytes = await readFile(join(dir, file))
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' && optional) return undefined
    if (code === 'ENOENT') findings.fault({ file }, 'the file is missing', '缺少文件')
    else findings.fault({ file }, `the file cannot be read (${code})`, `文件无法读取（${code}）`)
    return undefined
  }
  const text = decode(bytes)
  if (text === undefined)
    findings.fault({ file }, 'the text is neither UTF-8 nor GB18030', '文字编码既不是UTF-8也不是GB18030')
  return text
}

export function decode(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return iconv.decode(bytes, 'utf16le')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const text = iconv.decode(bytes, 'gb18030')
    return text.includes('\uFFFD') ? undefined : text
  }
}
