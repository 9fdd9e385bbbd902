// Daily numbers 受理编号 / 案卷编号 from leased blocks: a process takes as many as it lately used, so that quiet days
// have no gaps and busy ones no queue. A crash loses the rest of a block; a number is never given twice.
import type { Store } from './open.ts'

const MOST = 256

interface Block {
  next: number
  end: number
  returned: number[]
  size: number
  leasedAt: number
}

export interface Numbers {
  /** The next number of a series; give it back when it ends up unused. */
  take(series: string): Promise<number>
  giveBack(series: string, n: number): void
}

export function openNumbers(store: Store): Numbers {
  const blocks = new Map<string, Block>()
  const leasing = new Map<string, Promise<void>>()

  async function lease(series: string): Promise<void> {
    const old = blocks.get(series)
    const busy = old !== undefined && performance.now() - old.leasedAt < 1000
    const size = busy ? Math.min(old.size * 2, MOST) : 1
    const [row] = await store.sql<{ end: string }[]>`
      insert into number_series (key, next) values (${series}, ${size + 1})
      on conflict (key) do update set next = number_series.next + ${size}
      returning next as "end"`
    if (!row) throw new Error(`no numbers for ${series}`)
    const end = Number(row.end)
    const returned = blocks.get(series)?.returned ?? []
    blocks.set(series, { next: end - size, end, returned, size, leasedAt: performance.now() })
    if (blocks.size > 64) blocks.delete(blocks.keys().next().value ?? '')
  }

  const takeNow = (series: string): number | undefined => {
    const block = blocks.get(series)
    if (!block) return undefined
    const again = block.returned.shift()
    if (again !== undefined) return again
    if (block.next >= block.end) return undefined
    block.next += 1
    return block.next - 1
  }

  return {
    async take(series) {
      for (;;) {
        const n = takeNow(series)
        if (n !== undefined) return n
        const running = leasing.get(series) ?? lease(series).finally(() => leasing.delete(series))
        leasing.set(series, running)
        await running
      }
    },
    giveBack(series, n) {
      const block = blocks.get(series)
      if (!block) return
      block.returned.push(n)
      block.returned.sort((a, b) => a - b)
    },
  }
}

const compact = (day: string) => day.replaceAll('-', '')
const padded = (n: number) => String(n).padStart(4, '0')

export const receiptSeries = (day: string) => `R${compact(day)}`
export const caseSeries = (day: string) => `A${compact(day)}`

/** 受理编号: `R` + yyyyMMdd + daily sequence. */
export const receiptNo = (day: string, n: number) => `R${compact(day)}${padded(n)}`
/** 案卷编号: category code + yyyyMMdd + daily sequence. */
export const caseNo = (category: string, day: string, n: number) => `${category}${compact(day)}${padded(n)}`
