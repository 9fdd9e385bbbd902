// cameras.csv, optional: cameras that walls and desks can show. Their addresses go to browsers, so none may hold a password.
import { CAMERA_KINDS } from '#domain/city/types.ts'
import type { Area, PackCamera } from '#domain/city/types.ts'
import { contains } from '#domain/geo/geometry.ts'
import type { Crs } from './crs.ts'
import { findDuplicates } from './findings.ts'
import type { Findings, Place, Placed } from './findings.ts'
import { AREA_WORDS, codeMeant } from './known.ts'
import type { Known } from './known.ts'
import { readPosition } from './position.ts'
import type { PackSource } from './source.ts'
import { readTable } from './table.ts'

export const CAMERAS = 'cameras.csv'

export const CAMERA_COLUMNS = [
  { name: 'code', zh: '编码', required: true, unique: true, hint: '视频平台的编码；设为文本格式' },
  { name: 'name', zh: '名称', required: true, reads: 'text' },
  { name: 'lng', zh: '经度', also: ['X'], required: true, reads: 'number' },
  { name: 'lat', zh: '纬度', also: ['Y'], required: true, reads: 'number' },
  {
    name: 'kind',
    zh: '类型',
    required: true,
    hint: 'hls、flv、whep、snapshot（单张图片）；generated仅供演示',
  },
  { name: 'url', zh: '地址', reads: 'text', hint: '浏览器能打开的播放地址，不得含密码' },
  { name: 'area', zh: '区域', hint: '空＝按位置' },
] as const

export async function readCameras(
  source: PackSource,
  crs: Crs,
  known: { areaCodes: Known; areas: readonly Placed<Area>[] },
  findings: Findings,
): Promise<Placed<PackCamera>[]> {
  const rows = await readTable(source, CAMERAS, CAMERA_COLUMNS, findings, { optional: true })
  const shapes = new Map(known.areas.map((a) => [a.value.code, a.value.geometry]))
  const cameras: Placed<PackCamera>[] = []
  for (const { line, cells } of rows ?? []) {
    const at = (field: string) => ({ file: CAMERAS, row: line, field })
    const kind = CAMERA_KINDS.find((k) => k === cells.kind.toLowerCase())
    if (!kind)
      findings.fault(
        at('kind'),
        `"${cells.kind}" is not one of ${CAMERA_KINDS.join(', ')}`,
        `“${cells.kind}”须为${CAMERA_KINDS.join('、')}之一`,
      )
    else checkAddress(kind, cells.url, at('url'), findings)
    const area = codeMeant(cells.area, known.areaCodes, at('area'), AREA_WORDS, findings)
    const position = readPosition(cells, crs, at, findings)
    if (!kind || !position) continue
    const shape = shapes.get(area)
    if (shape && !contains(shape, position.lng, position.lat))
      findings.warn(at('area'), `the camera does not stand in ${area}`, `点位不在区域${area}内`)
    cameras.push({
      row: line,
      value: {
        code: cells.code,
        name: cells.name,
        ...position,
        kind,
        ...(cells.url === '' ? {} : { url: cells.url }),
        ...(area === '' ? {} : { area }),
      },
    })
  }
  findDuplicates(CAMERAS, 'code', cameras, (c) => c.code, findings)
  return cameras
}

function checkAddress(kind: PackCamera['kind'], text: string, at: Place, findings: Findings): void {
  if (kind === 'generated') {
    if (text !== '') findings.warn(at, 'a generated picture needs no address', '生成画面不需要地址，不使用')
    return
  }
  if (text === '') {
    findings.fault(at, `a camera of kind ${kind} needs an address`, `类型为${kind}的点位须有播放地址`)
    return
  }
  const url = URL.canParse(text, 'http://here') ? new URL(text, 'http://here') : undefined
  const isRooted = text.startsWith('/') && !text.startsWith('//')
  if (!url || !(isRooted || /^https?:\/\//i.test(text)))
    findings.fault(
      at,
      `"${text}" is not an address that a browser plays: http(s)://… or a path from /; rtsp and platform codes need a gateway`,
      `“${text}”不是浏览器能播放的地址（http(s)://…或以/开头的路径）；rtsp和国标编码须经流媒体网关转换`,
    )
  else if (url.username !== '' || url.password !== '')
    findings.fault(
      at,
      'the address holds a user name or password, which every viewer could read: take it out',
      '地址中含用户名或密码，所有观看者都能看到，请去掉',
    )
  else checkEnding(kind, url.pathname, at, findings)
}

/** What the end of an address says about what comes from there; gateways keep to it. */
const ENDINGS: readonly [ending: RegExp, kind: PackCamera['kind']][] = [
  [/\.m3u8$/i, 'hls'],
  [/\.flv$/i, 'flv'],
  [/\.jpe?g$/i, 'snapshot'],
  [/\/whep\/?$/i, 'whep'],
]

function checkEnding(kind: PackCamera['kind'], path: string, at: Place, findings: Findings): void {
  const likely = ENDINGS.find(([ending]) => ending.test(path))?.[1]
  if (likely !== undefined && likely !== kind)
    findings.warn(
      at,
      `the address looks like ${likely}, but the kind is ${kind}: no picture will come if it is`,
      `地址像是${likely}，类型却是${kind}；若确是${likely}，画面不会出现`,
    )
  else if (likely === undefined && /\.(mp4|ts|html?|asp|php)$/i.test(path))
    findings.warn(
      at,
      'the address looks like a file or a page, not like a live stream: take the address that the gateway gives for browsers',
      '地址像是文件或网页，不像直播流；请填流媒体网关给出的浏览器播放地址',
    )
}
