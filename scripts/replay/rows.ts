// Rows of a 311 export with NYC Open Data's columns, read and judged: what it says, or why it can't be read. Nothing is
// dropped; a row that cannot be used is counted with its line and reason.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import { instantOf } from '#domain/zone.ts'

/** The export gives local times without an offset. */
export const TIME_ZONE = 'America/New_York'

export interface ServiceRequest {
  key: string
  line: number
  agency: string
  agencyName: string
  /** Complaint Type. */
  type: string
  descriptor: string
  locationType: string
  address: string
  borough: string
  board: string
  status: string
  channel: string
  resolution: string
  /** Epoch ms. */
  createdAt: number
  closedAt?: number | undefined
  dueAt?: number | undefined
  /** Absent when the row has no coordinates: it can't be located. */
  position?: { lng: number; lat: number } | undefined
}

export interface UnreadableRow {
  line: number
  reason: string
}

export interface RequestFile {
  /** SHA-256 of its bytes, hex: the same file is known again after an interruption. */
  sha256: string
  /** Data rows in the file, readable or not. */
  read: number
  requests: ServiceRequest[]
  unreadable: UnreadableRow[]
}

const COLUMNS = {
  key: 'Unique Key',
  created: 'Created Date',
  closed: 'Closed Date',
  due: 'Due Date',
  agency: 'Agency',
  agencyName: 'Agency Name',
  type: 'Complaint Type',
  descriptor: 'Descriptor',
  locationType: 'Location Type',
  address: 'Incident Address',
  intersection1: 'Intersection Street 1',
  intersection2: 'Intersection Street 2',
  city: 'City',
  borough: 'Borough',
  board: 'Community Board',
  status: 'Status',
  channel: 'Open Data Channel Type',
  resolution: 'Resolution Description',
  latitude: 'Latitude',
  longitude: 'Longitude',
} as const
type Column = keyof typeof COLUMNS
type Cells = Record<Column, string>

const NEEDED: readonly Column[] = ['key', 'created', 'agency', 'type', 'latitude', 'longitude']

/** The file is no 311 export with these columns. */
export class NotAnExport extends Error {}

/** Reads the whole file. @throws NotAnExport; an Error when it can't be opened. */
export async function readRequests(file: string): Promise<RequestFile> {
  const hash = createHash('sha256')
  const bytes = createReadStream(file)
  bytes.on('data', (chunk) => hash.update(chunk))
  const parser = parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true })
  bytes.on('error', (error) => parser.destroy(error))
  bytes.pipe(parser)

  const read: RequestFile = { sha256: '', read: 0, requests: [], unreadable: [] }
  const lines = new Map<string, number>()
  let header: string[] | undefined
  let places: Map<Column, number> | undefined
  let last = 0
  for await (const { record, info } of parser as AsyncIterable<{
    record: string[]
    info: { lines: number }
  }>) {
    // The parser counts to the record's last line; a record begins after the one before.
    const line = last + 1
    last = info.lines
    if (!header || !places) {
      header = record
      places = placesOf(record)
      continue
    }
    read.read += 1
    const request = toRequest(record, header.length, places, line)
    if ('reason' in request) {
      read.unreadable.push(request)
      continue
    }
    const earlier = lines.get(request.key)
    if (earlier !== undefined)
      read.unreadable.push({ line, reason: `key ${request.key} stands on line ${earlier} already` })
    else {
      lines.set(request.key, line)
      read.requests.push(request)
    }
  }
  if (!header) throw new NotAnExport('the file is empty')
  read.sha256 = hash.digest('hex')
  return read
}

/** Columns by name, whether as in the download (`Unique Key`) or as in the API (`unique_key`). */
function placesOf(header: readonly string[]): Map<Column, number> {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  const names = header.map(plain)
  const places = new Map<Column, number>()
  for (const [column, name] of Object.entries(COLUMNS)) {
    const at = names.indexOf(plain(name))
    if (at >= 0) places.set(column as Column, at)
  }
  const missing = NEEDED.filter((c) => !places.has(c)).map((c) => COLUMNS[c])
  if (missing.length > 0)
    throw new NotAnExport(`not a 311 export with NYC Open Data's columns: ${missing.join(', ')} missing`)
  return places
}

function toRequest(
  record: readonly string[],
  width: number,
  places: ReadonlyMap<Column, number>,
  line: number,
): ServiceRequest | UnreadableRow {
  if (record.length !== width) return { line, reason: `${record.length} cells instead of ${width}` }
  const cell = (column: Column) => (record[places.get(column) ?? -1] ?? '').trim()
  const cells = Object.fromEntries(Object.keys(COLUMNS).map((c) => [c, cell(c as Column)])) as Cells
  if (cells.key === '') return { line, reason: 'no Unique Key' }
  if (cells.agency === '' || cells.type === '') return { line, reason: 'no Agency or no Complaint Type' }
  const times = { created: instant(cells.created), closed: instant(cells.closed), due: instant(cells.due) }
  for (const [name, at] of Object.entries(times))
    if (at === 'unreadable') return { line, reason: `${name} date "${cells[name as keyof typeof times]}"` }
  const { created, closed, due } = times as Record<keyof typeof times, number | undefined>
  if (created === undefined) return { line, reason: 'no Created Date' }
  return {
    key: cells.key,
    line,
    agency: cells.agency,
    agencyName: cells.agencyName,
    type: cells.type,
    descriptor: cells.descriptor,
    locationType: cells.locationType,
    address: addressOf(cells),
    borough: cells.borough,
    board: cells.board,
    status: cells.status,
    channel: cells.channel,
    resolution: cells.resolution,
    createdAt: created,
    closedAt: closed,
    dueAt: due,
    position: positionOf(cells),
  }
}

const addressOf = (cells: Cells) =>
  [
    cells.address || [cells.intersection1, cells.intersection2].filter((s) => s !== '').join(' & '),
    cells.city || cells.borough,
  ]
    .filter((s) => s !== '')
    .join(', ')

/** The null island of a failed look-up is no position. */
function positionOf({ latitude, longitude }: Cells): { lng: number; lat: number } | undefined {
  if (latitude === '' || longitude === '') return undefined
  const [lng, lat] = [Number(longitude), Number(latitude)]
  const isPlace = Math.abs(lng) <= 180 && Math.abs(lat) <= 90 && (lng !== 0 || lat !== 0)
  return isPlace ? { lng, lat } : undefined
}

const US = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))? ?([AP]M))?$/i
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/

/** `03/01/2011 02:27:57 PM` or `2011-03-01T14:27:57.000`, New York time. Undefined when empty. */
function instant(text: string): number | undefined | 'unreadable' {
  if (text === '') return undefined
  const us = US.exec(text)
  const iso = us ? undefined : ISO.exec(text)
  const n = (v: string | undefined) => Number(v ?? 0)
  let parts: number[]
  if (us) {
    const half = us[7]?.toUpperCase()
    const hour = half === undefined ? n(us[4]) : (n(us[4]) % 12) + (half === 'PM' ? 12 : 0)
    parts = [n(us[3]), n(us[1]), n(us[2]), hour, n(us[5]), n(us[6])]
  } else if (iso) parts = [n(iso[1]), n(iso[2]), n(iso[3]), n(iso[4]), n(iso[5]), n(iso[6])]
  else return 'unreadable'
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
  const local = Date.UTC(year, month - 1, day, hour, minute, second)
  const d = new Date(local)
  const holds =
    d.getUTCMonth() === month - 1 && d.getUTCDate() === day && hour < 24 && minute < 60 && second < 60
  return holds ? instantOf(TIME_ZONE, local) : 'unreadable'
}
