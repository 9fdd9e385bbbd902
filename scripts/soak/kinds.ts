// What a page's heap is made of, from a snapshot of it: the machine's own compiled code beside what the page holds.
import type { Page } from 'playwright-core'

/** MB. */
export interface Kinds {
  /** Compiled code, what it was compiled from, and tables about both: made and thrown away by the browser alone. */
  code: number
  /** Objects, arrays, functions, strings, numbers: what the page holds. */
  data: number
  /** Nodes of the document and other things outside the heap of scripts. */
  native: number
}

/** Of a snapshot in the format of Chromium's developer tools; only what is read here. */
export interface Snapshot {
  snapshot: { meta: { node_fields: string[]; node_types: [string[], ...unknown[]] } }
  nodes: number[]
}

const CODE: ReadonlySet<string> = new Set(['code', 'hidden', 'object shape'])
const MB = 2 ** 20

export function kindsOf({ snapshot: { meta }, nodes }: Snapshot): Kinds {
  const width = meta.node_fields.length
  const [type, size] = [meta.node_fields.indexOf('type'), meta.node_fields.indexOf('self_size')]
  if (type < 0 || size < 0) throw new Error('the snapshot names no types or sizes')
  const kinds: Kinds = { code: 0, data: 0, native: 0 }
  for (let at = 0; at < nodes.length; at += width) {
    const name = meta.node_types[0][nodes[at + type] ?? -1] ?? ''
    const kind = CODE.has(name) ? 'code' : name === 'native' ? 'native' : 'data'
    kinds[kind] += (nodes[at + size] ?? 0) / MB
  }
  return kinds
}

/** Stops the page for some seconds. */
export async function takeKinds(page: Page): Promise<Kinds> {
  const session = await page.context().newCDPSession(page)
  const chunks: string[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  try {
    await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
    return kindsOf(JSON.parse(chunks.join('')) as Snapshot)
  } finally {
    await session.detach()
  }
}
