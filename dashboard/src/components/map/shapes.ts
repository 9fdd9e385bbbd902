// The lights as map icons, drawn once: the same shapes as ui/light.tsx, with an edge that keeps them apart.
import type { Light } from '#domain/case.ts'
import type { Palette } from './palette.ts'

const SIZE = 22

const PATHS: Record<Light, string> = {
  green: 'M11 3.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 1 0 0 -15Z',
  yellow: 'M11 2.5 20 18.5H2Z',
  red: 'M11 1.5 20.5 11 11 20.5 1.5 11Z',
  none: 'M11 5a6 6 0 1 0 0 12a6 6 0 1 0 0 -12Z',
}

export const iconName = (light: Light) => `light-${light}`

/** Pixels of an icon and their ratio to CSS pixels. */
export function lightIcon(
  light: Light,
  palette: Palette,
  scale: number,
): { image: ImageData; pixelRatio: number } {
  const pixelRatio = Math.max(2, Math.ceil(window.devicePixelRatio * scale))
  const canvas = document.createElement('canvas')
  const pixels = SIZE * pixelRatio
  canvas.width = pixels
  canvas.height = pixels
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no 2d canvas')
  context.scale(pixelRatio, pixelRatio)
  const path = new Path2D(PATHS[light])
  context.lineJoin = 'round'
  context.lineWidth = light === 'none' ? 5 : 3
  context.strokeStyle = palette.edge
  context.stroke(path)
  if (light === 'none') {
    context.lineWidth = 2.4
    context.strokeStyle = palette.lightNone
    context.stroke(path)
  } else {
    context.fillStyle = { green: palette.lightGreen, yellow: palette.lightYellow, red: palette.lightRed }[
      light
    ]
    context.fill(path)
  }
  return { image: context.getImageData(0, 0, pixels, pixels), pixelRatio: pixelRatio / scale }
}
