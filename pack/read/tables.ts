// The tables of a pack and the names they go by: the CSV file, the same in Chinese, and the sheet of a workbook.

export interface TableName {
  /** Name of the CSV file, by which findings speak of the table. */
  file: string
  /** Chinese names of the sheet or the file; the first is the one that the template uses. */
  zh: readonly [string, ...string[]]
}

export const TABLES = [
  { file: 'departments.csv', zh: ['单位', '部门', '责任单位'] },
  { file: 'categories.csv', zh: ['类别', '分类', '大小类', '案件类别'] },
  { file: 'filing-conditions.csv', zh: ['立案条件', '立案标准'] },
  { file: 'routing.csv', zh: ['派遣规则', '派遣'] },
  { file: 'calendars.csv', zh: ['工作日历', '日历'] },
  { file: 'users.csv', zh: ['账号', '用户', '人员'] },
  { file: 'components.csv', zh: ['部件', '部件库'] },
  { file: 'periods.csv', zh: ['周期', '统计周期'] },
  { file: 'cameras.csv', zh: ['视频点位', '视频', '摄像头'] },
  { file: 'indicators.csv', zh: ['考核指标', '指标'] },
] as const satisfies readonly TableName[]

const plain = (name: string) =>
  name
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/\.(csv|txt)$/, '')
    .replace(/表$/, '')

/** The table that a file or sheet of this name holds. */
export function tableNamed(name: string): TableName | undefined {
  const wanted = plain(name)
  return TABLES.find((t) => plain(t.file) === wanted || t.zh.some((zh) => zh === wanted))
}
