// Findings of a check as a table that reads well in a terminal, in Chinese or English.
import type { CityPack } from '#domain/city/types.ts'
import type { Fault } from '#pack/read/findings.ts'

export type Language = 'zh' | 'en'

const WORDS = {
  zh: {
    header: ['文件', '行', '字段', '问题'],
    faults: (n: number) => `错误 ${n} 处：`,
    warnings: (n: number) => `警告 ${n} 处（不妨碍装载）：`,
    more: (n: number) => `……另有 ${n} 处，加 --all 全部列出`,
    clean: '没有错误',
    refused: '有错误，未装载。',
  },
  en: {
    header: ['file', 'row', 'field', 'what is wrong'],
    faults: (n: number) => `${n} ${n === 1 ? 'fault' : 'faults'}:`,
    warnings: (n: number) => `${n} ${n === 1 ? 'warning' : 'warnings'} (the pack can be loaded):`,
    more: (n: number) => `… and ${n} more; --all lists them`,
    clean: 'no faults',
    refused: 'There are faults: nothing was loaded.',
  },
} as const

const MOST = 200

export const refusal = (language: Language) => WORDS[language].refused

/** Columns that a character takes in a terminal: CJK and full-width forms take two. */
const width = (text: string) =>
  [...text].reduce(
    (sum, c) =>
      sum +
      (/[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
        c,
      )
        ? 2
        : 1),
    0,
  )

const pad = (text: string, to: number) => text + ' '.repeat(Math.max(0, to - width(text)))

function rowOf(fault: Fault, language: Language): string[] {
  const { file, row, about, field = '', fieldZh, message, zh } = fault
  const index = `[${row}]${about === undefined ? '' : ` ${about}`}`
  const place = row === undefined ? '' : file.endsWith('.geojson') ? index : String(row)
  if (language === 'en') return [file, place, field, message]
  return [file, place, fieldZh === undefined ? field : `${fieldZh} ${field}`, zh]
}

/** Rows with a header, each column as wide as its widest cell but for the last. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const last = Math.max(...rows.map((r) => r.length)) - 1
  const widths = Array.from({ length: last }, (_, i) => Math.max(...rows.map((r) => width(r[i] ?? ''))))
  return rows
    .map((r) => `  ${r.map((c, i) => (i < last ? pad(c, widths[i] ?? 0) : c)).join('  ')}`)
    .join('\n')
}

const table = (findings: readonly Fault[], language: Language) =>
  textTable([[...WORDS[language].header], ...findings.map((f) => rowOf(f, language))])

/** Findings of a file together, in the order of its rows. */
function grouped(findings: readonly Fault[]): Fault[] {
  const byFile = Map.groupBy(findings, (f) => f.file)
  return [...byFile.values()].flatMap((own) => own.toSorted((a, b) => (a.row ?? -1) - (b.row ?? -1)))
}

/** Faults before warnings, each by file and row; at most 200 of each unless `all`. */
export function report(
  { faults, warnings }: { faults: readonly Fault[]; warnings: readonly Fault[] },
  language: Language,
  all = false,
): string {
  const words = WORDS[language]
  const section = (title: (n: number) => string, findings: readonly Fault[]) => {
    if (findings.length === 0) return []
    const shown = grouped(findings).slice(0, all ? findings.length : MOST)
    const rest = findings.length - shown.length
    return [
      title(findings.length),
      table(shown, language),
      ...(rest > 0 ? [`  ${words.more(rest)}`] : []),
      '',
    ]
  }
  return [...section(words.faults, faults), ...section(words.warnings, warnings)].join('\n')
}

/** One line of what the pack holds. */
export function summary(pack: CityPack, language: Language): string {
  const of = (level: string) => pack.areas.filter((a) => a.level === level).length
  const levels = pack.levels.map((l) =>
    language === 'zh' ? `${l.name}${of(l.key)}` : `${of(l.key)} ${l.key}`,
  )
  const counts: [zh: string, en: string, n: number][] = [
    ['责任区', 'zones', pack.zones.length],
    ['类别', 'categories', pack.categories.length],
    ['立案条件', 'conditions', pack.conditions.length],
    ['单位', 'departments', pack.departments.length],
    ['派遣规则', 'routing rules', pack.routing.length],
    ['账号', 'users', pack.users.length],
    ['部件', 'components', pack.components.length],
    ['单元网格', 'cells', pack.cells?.length ?? 0],
    ['周期', 'periods', pack.periods?.length ?? 0],
    ['视频点位', 'cameras', pack.cameras?.length ?? 0],
    ['考核指标', 'indicators', pack.indicators?.length ?? 0],
  ]
  const rest = counts.map(([zh, en, n]) => (language === 'zh' ? `${zh}${n}` : `${n} ${en}`))
  return language === 'zh'
    ? `${pack.name}（${pack.code}）：${[...levels, ...rest].join('，')}；${WORDS.zh.clean}`
    : `${pack.name} (${pack.code}): ${[...levels, ...rest].join(', ')}; ${WORDS.en.clean}`
}
