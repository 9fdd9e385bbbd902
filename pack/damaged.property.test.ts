// Whatever is done to the files of a pack, reading them ends: in a pack, or in faults that name their file in both
// languages. Tables survive every way in which spreadsheets write them.
import fc from 'fast-check'
import { writeXlsx } from 'hucre/xlsx'
import { expect, it } from 'vitest'
import { readCsv } from './read/csv.ts'
import { openFindings } from './read/findings.ts'
import { isRemark } from './read/raw-table.ts'
import { readWorkbook } from './read/workbook.ts'
import { readPack } from './read-pack.ts'
import { sample, TODAY } from './testing.ts'

const HEADER = ['code', 'name', 'note']
/** Not what the reader takes for a spreadsheet's trick, a remark, or a line end of another kind. */
const arbitraryCell = fc
  .string({ unit: fc.constantFrom(...'ab,;\t"\n 路灯坏0#='), maxLength: 8 })
  .filter((cell) => !cell.startsWith('='))
const arbitraryTable = fc
  .array(fc.tuple(arbitraryCell, arbitraryCell, arbitraryCell), { maxLength: 12 })
  .map((rows) => [HEADER, ...rows].filter((cells) => !isRemark({ line: 0, cells })))

it('a table comes back however a spreadsheet has written it', () => {
  fc.assert(
    fc.property(
      arbitraryTable,
      fc.constantFrom(',', ';', '\t'),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.boolean(),
      fc.boolean(),
      (table, delimiter, end, mark, says) => {
        const quoted = (cell: string) => `"${cell.replaceAll('"', '""').replaceAll('\n', end)}"`
        const lines = table.map((cells) => cells.map(quoted).join(delimiter))
        const text = [...(says ? [`sep=${delimiter}`] : []), ...lines].join(end)
        const findings = openFindings()
        const read = readCsv('a.csv', (mark ? '\uFEFF' : '') + text, findings)
        expect(findings.faults).toEqual([])
        expect(read?.rows.map((row) => row.cells)).toEqual(table)
        let line = says ? 2 : 1
        for (const [i, cells] of table.entries()) {
          expect(read?.rows[i]?.line).toBe(line)
          line += cells.join('').split('\n').length
        }
      },
    ),
    { numRuns: 300 },
  )
})

type Damage = (bytes: Uint8Array) => Uint8Array
const at = (bytes: Uint8Array, where: number) => Math.min(bytes.length - 1, Math.floor(where * bytes.length))
const where = fc.double({ min: 0, max: 1, noNaN: true })
const asLines = (change: (lines: string[]) => string[]): Damage => {
  return (bytes) => Buffer.from(change(Buffer.from(bytes).toString().split('\n')).join('\n'))
}
const arbitraryDamage: fc.Arbitrary<Damage> = fc.oneof(
  where.map(
    (w): Damage =>
      (bytes) =>
        bytes.slice(0, at(bytes, w)),
  ),
  fc.array(fc.tuple(where, fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 20 }).map(
    (flips): Damage =>
      (bytes) => {
        const changed = Uint8Array.from(bytes)
        for (const [w, mask] of flips) changed[at(changed, w)] = (changed[at(changed, w)] ?? 0) ^ mask
        return changed
      },
  ),
  fc.uint8Array({ maxLength: 200 }).map(
    (other): Damage =>
      () =>
        other,
  ),
  fc.tuple(where, where).map(([a, b]) =>
    asLines((lines) => {
      const [i, j] = [Math.floor(a * (lines.length - 1)), Math.floor(b * (lines.length - 1))]
      const [one = '', other = ''] = [lines[i], lines[j]]
      return lines.with(i, other).with(j, one)
    }),
  ),
  fc
    .tuple(where, fc.constantFrom('', '""', '-1', '1e999', 'null', '{}', '9'.repeat(400), '＃', '\0'))
    .map(([w, word]) =>
      asLines((lines) => {
        const i = Math.floor(w * (lines.length - 1))
        const parts = (lines[i] ?? '').split(/(?<=[,:])/)
        const k = Math.floor(w * 7919) % parts.length
        return lines.with(i, parts.with(k, `${word},`).join(''))
      }),
    ),
)

it('a damaged pack is a pack, or faults that name their file in both languages', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...sample.keys()), arbitraryDamage), {
        minLength: 1,
        maxLength: 3,
      }),
      async (damages) => {
        const files = new Map([...sample].map(([name, text]) => [name, Buffer.from(text)]))
        for (const [name, damage] of damages)
          files.set(name, Buffer.from(damage(files.get(name) ?? Buffer.alloc(0))))
        const { pack, faults, warnings } = await readPack(
          {
            names: [...files.keys()],
            read: (name) => Promise.resolve(files.get(name) ?? Buffer.alloc(0)),
          },
          { today: TODAY },
        )
        expect(pack === undefined).toBe(faults.length > 0)
        for (const fault of [...faults, ...warnings]) {
          expect(fault.file).not.toBe('')
          expect(fault.message).not.toBe('')
          expect(fault.zh).toMatch(/\p{Script=Han}/u)
        }
      },
    ),
    { numRuns: 150 },
  )
})

it('a damaged workbook is sheets, or a reason', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => [`C${i}`, '路灯', i, new Date(0)])
  const sound = await writeXlsx({ sheets: [{ name: 'categories', rows }] })
  await fc.assert(
    fc.asyncProperty(arbitraryDamage, async (damage) => {
      const read = await readWorkbook(damage(sound))
      if (read.ok) for (const { table } of read.sheets) expect(table.kind).toBe('sheet')
      else expect(read.reason).not.toBe('')
    }),
    { numRuns: 200 },
  )
})
