// What a pack changes, as lines for a terminal.
import type { GoneButUsed, TableChanges } from '#pack/changes.ts'
import type { Language } from './report.ts'

const SHOWN = 3
const few = (codes: readonly string[], language: Language) => {
  const some = codes.slice(0, SHOWN).join(language === 'zh' ? '、' : ', ')
  return codes.length > SHOWN ? `${some}${language === 'zh' ? '等' : ', …'}` : some
}

/** A line per table that differs; a sentence when none does. */
export function changesText(changes: readonly TableChanges[], version: number, language: Language): string {
  const isChinese = language === 'zh'
  if (changes.length === 0)
    return isChinese ? `与已装载的第${version}版相同` : `the same as version ${version}, which is loaded`
  const width = Math.max(...changes.map((c) => c.file.length))
  const lines = changes.map(({ file, added, changed, removed }) => {
    const parts = [
      part(added, isChinese ? '新增' : 'added', language),
      part(changed, isChinese ? '修改' : 'changed', language),
      part(removed, isChinese ? '删除' : 'removed', language),
    ]
    return `  ${file.padEnd(width)}  ${parts.filter((p) => p !== '').join(isChinese ? '，' : ', ')}`
  })
  const title = isChinese ? `与已装载的第${version}版相比：` : `Against version ${version}, which is loaded:`
  return [title, ...lines].join('\n')
}

const part = (codes: readonly string[], word: string, language: Language) => {
  if (codes.length === 0) return ''
  return language === 'zh'
    ? `${word}${codes.length}（${few(codes, language)}）`
    : `${codes.length} ${word} (${few(codes, language)})`
}

export function goneText(gone: readonly GoneButUsed[], language: Language): string {
  if (gone.length === 0) return ''
  const title =
    language === 'zh'
      ? '警告：以下内容已从城市包删除，但仍有未结案件在用（已立案的按立案时的版本办理，未立案的须重新选定）：'
      : 'Warning: gone from the pack though open cases use them (filed ones keep their version, others need a new choice):'
  const lines = gone.map(({ file, code, cases }) =>
    language === 'zh' ? `  ${file}  ${code}：未结案件${cases}件` : `  ${file}  ${code}: ${cases} open cases`,
  )
  return [title, ...lines].join('\n')
}
