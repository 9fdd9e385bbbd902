// Small quiet signs for places people know, as on printed maps (文 for a school), and the hatching of building sites.
// Images first, then the layers that use them: a layer never waits for an image.
import type { LayerSpecification } from 'maplibre-gl'
import { IS_POINT, IS_POLYGON, kind, zoomFor } from './expressions.ts'
import { MAP_FONT, type MapView } from './load.ts'
import type { Palette } from './palette.ts'

const SIZE = 18

/** Paths in a box of 18 × 18, or a character. */
const SIGNS: Record<string, { path: string } | { character: string }> = {
  school: { character: '文' },
  hospital: { path: 'M7.6 4.5h2.8v3.1h3.1v2.8h-3.1v3.1H7.6v-3.1H4.5V7.6h3.1Z' },
  office: { path: 'M9 3.8l1.5 3.5 3.8.3-2.9 2.5.9 3.7L9 11.8l-3.3 2 .9-3.7L3.7 7.6l3.8-.3Z' },
  mall: { path: 'M5 7h8l.7 6.5H4.3ZM6.8 7V5.8a2.2 2.2 0 0 1 4.4 0V7H10V5.9a1 1 0 0 0-2 0V7Z' },
  market: { path: 'M4.6 4.6h8.8l1 3.2H3.6ZM5 8.6h8v4.9h-2.6v-3H7.6v3H5Z' },
  station: { path: 'M5 4.2h8v7.6H5ZM6 5.4v2.8h6V5.4ZM5.4 12.2h1.9v1.4H5.4ZM10.7 12.2h1.9v1.4h-1.9Z' },
  train: { path: 'M5.6 3.6h6.8v8H5.6ZM6.8 5v2.6h4.4V5ZM6.4 12h1.7l-1.2 2.2H5.2ZM9.9 12h1.7l1.2 2.2h-1.7Z' },
  sight: {
    path: 'M9 3.2l5.6 3.6-.4.8H3.8l-.4-.8ZM5.4 8.2h1.4v4.6H5.4ZM11.2 8.2h1.4v4.6h-1.4ZM8.3 8.2h1.4v4.6H8.3ZM4.2 13.2h9.6v1H4.2Z',
  },
  bridge: { path: 'M3.4 7h11.2v1.5H13v4h-1.4a2.6 2.6 0 0 0-5.2 0H5v-4H3.4Z' },
  hill: { path: 'M9 4l5.4 9.4H3.6Z' },
  works: { path: 'M4 13.6V8.8l3-2v2l3-2v2l3-2V5h1.2v8.6Z' },
}
const PLAIN = { path: 'M9 6.6a2.4 2.4 0 1 0 0 4.8a2.4 2.4 0 1 0 0 -4.8Z' }

const signName = (cls: string) => `sign-${cls}`

interface Drawn {
  image: ImageData
  pixelRatio: number
}

function draw(size: number, scale: number, paint: (context: CanvasRenderingContext2D) => void): Drawn {
  const ratio = Math.max(2, Math.ceil(window.devicePixelRatio * scale))
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = size * ratio
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no 2d canvas')
  context.scale(ratio, ratio)
  paint(context)
  return { image: context.getImageData(0, 0, canvas.width, canvas.height), pixelRatio: ratio / scale }
}

const sign = (what: { path: string } | { character: string }, p: Palette, scale: number) =>
  draw(SIZE, scale, (context) => {
    context.beginPath()
    context.arc(SIZE / 2, SIZE / 2, SIZE / 2 - 0.6, 0, 2 * Math.PI)
    context.fillStyle = p.poiBack
    context.fill()
    context.strokeStyle = p.labelHalo
    context.stroke()
    context.fillStyle = p.poi
    if ('path' in what) return context.fill(new Path2D(what.path))
    context.font = "600 10.5px 'Noto Sans SC Variable', sans-serif"
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    context.fillText(what.character, SIZE / 2, SIZE / 2 + 0.4)
  })

const HATCH = 10
const hatch = (p: Palette, scale: number) =>
  draw(HATCH, scale, (context) => {
    context.strokeStyle = p.siteLine
    context.globalAlpha = 0.55
    context.lineWidth = 1
    // Over the corners too, so that neighbours meet.
    for (const x of [-HATCH, 0, HATCH]) {
      context.beginPath()
      context.moveTo(x - 1, HATCH + 1)
      context.lineTo(x + HATCH + 1, -1)
      context.stroke()
    }
  })

/** Nominal zoom from which places of a class are shown; named grounds (estates, parks) are the style's. */
const FROM: [zoom: number, classes: string[]][] = [
  [13.6, ['train', 'hospital', 'office', 'hill']],
  [14.1, ['station', 'mall', 'sight', 'market', 'bridge']],
  [14.6, ['school', 'works']],
]
const GROUNDS = ['estate', 'park']
const CLASSES = FROM.flatMap(([, classes]) => classes)

function signLayer(id: string, from: number, which: unknown, p: Palette, scale: number): LayerSpecification {
  return {
    id,
    type: 'symbol',
    source: 'base',
    minzoom: zoomFor(from, scale),
    filter: ['all', IS_POINT, kind('landmark', 'place'), which] as never,
    layout: {
      'icon-image': [
        'match',
        ['get', 'class'],
        Object.keys(SIGNS),
        ['concat', 'sign-', ['get', 'class']],
        signName('plain'),
      ],
      'text-field': ['get', 'name'],
      'text-font': MAP_FONT,
      'text-size': 15 * scale,
      'text-variable-anchor': ['top', 'left', 'right', 'bottom'],
      'text-radial-offset': 0.75,
      'text-optional': true,
      'text-max-width': 7,
    },
    paint: { 'text-color': p.label, 'text-halo-color': p.labelHalo, 'text-halo-width': 1.5 * scale },
  }
}

/** Adds signs and hatching to our own style; call once when it has been read, before anything lies on top. */
export function addSymbols(map: MapView, p: Palette, scale: number): void {
  for (const [cls, what] of [...Object.entries(SIGNS), ['plain', PLAIN] as const]) {
    const { image, pixelRatio } = sign(what, p, scale)
    map.addImage(signName(cls), image, { pixelRatio })
  }
  const lines = hatch(p, scale)
  map.addImage('hatch', lines.image, { pixelRatio: lines.pixelRatio })
  map.addLayer(
    {
      id: 'site-hatch',
      type: 'fill',
      source: 'base',
      minzoom: zoomFor(12.4, scale),
      filter: ['all', IS_POLYGON, kind('site')],
      paint: { 'fill-pattern': 'hatch' },
    },
    'site-line',
  )
  const is = (classes: string[]) => ['in', ['get', 'class'], ['literal', classes]]
  const other = ['!', ['in', ['coalesce', ['get', 'class'], ''], ['literal', [...CLASSES, ...GROUNDS]]]]
  for (const [i, [from, classes]] of [...FROM.entries()].reverse())
    map.addLayer(signLayer(`sign-${i}`, from, is(classes), p, scale), 'community-name')
  map.addLayer(signLayer('sign-other', 15, other, p, scale), 'sign-2')
}
