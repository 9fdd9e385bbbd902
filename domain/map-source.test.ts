import { expect, test } from 'vitest'
import { originsOf, parseMapSource } from './map-source.ts'

const read = (text: string) => {
  const parsed = parseMapSource(text)
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.source
}

test.each([
  ['/styles/city.json', []],
  ['https://tiles.example/style.json', ['https://tiles.example']],
  ['mapbox://styles/somebody/abc', []],
])('%s is a style', (url, origins) => {
  expect(read(url)).toEqual({ kind: 'style', url })
  expect(originsOf(read(url))).toEqual(origins)
})

test('tiles by XYZ, from this server or another', () => {
  expect(read('/tiles/{z}/{x}/{y}.png')).toEqual({ kind: 'tiles', layers: [['/tiles/{z}/{x}/{y}.png']] })
  const two = read('http://a.example:8000/g/{z}/{x}/{y}  http://a.example:8000/n/{z}/{x}/{y}')
  expect(two).toMatchObject({ kind: 'tiles', layers: [[expect.any(String)], [expect.any(String)]] })
  expect(originsOf(two)).toEqual(['http://a.example:8000'])
})

test('tiles by WMTS, from eight hosts', () => {
  const source = read(
    'https://t{0-7}.example.gov.cn/vec_w/wmts?LAYER=vec&TILEMATRIX={TileMatrix}&TILEROW={TileRow}&TILECOL={TileCol}&tk=KEY',
  )
  if (source.kind !== 'tiles') throw new Error('tiles expected')
  expect(source.layers).toHaveLength(1)
  expect(source.layers[0]).toHaveLength(8)
  expect(source.layers[0]?.[3]).toBe(
    'https://t3.example.gov.cn/vec_w/wmts?LAYER=vec&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=KEY',
  )
  expect(originsOf(source)).toHaveLength(8)
})

test('hosts by letter', () => {
  expect(read('https://{a,b}.example/{z}/{x}/{y}')).toEqual({
    kind: 'tiles',
    layers: [['https://a.example/{z}/{x}/{y}', 'https://b.example/{z}/{x}/{y}']],
  })
})

test.each([
  ['ftp://x', /must be a path/],
  ['https://a.example/{z}/{x}.png', /needs \{z\}, \{x\} and \{y\}/],
  ['https://a.example/1 https://a.example/2', /one style/],
  ['', /empty/],
])('%s is refused', (text, message) => {
  const parsed = parseMapSource(text)
  expect(parsed.ok ? '' : parsed.message).toMatch(message)
})
