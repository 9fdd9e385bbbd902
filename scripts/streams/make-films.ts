// Makes the short films behind cameras of kind `generated` and writes them into api/streams/films/, where the api finds
// them. Run by hand when a street is to look different: `node scripts/streams/make-films.ts`. Needs a Chromium that
// encodes H.264 (see runtime/browser.ts); the same browser and drawing give the same film.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openBrowser } from '../runtime/browser.ts'
import { initPart, type Sample, segmentPart, type Track } from './fmp4.ts'
import { film, type Filmed, type Scene } from './street.ts'

const FPS = 15
const SEGMENT_S = 2
const ROUND_S = 20
const TIMESCALE = 15_000
const SCENES: Scene['scene'][] = ['avenue', 'gate', 'lakeside']

const folder = fileURLToPath(new URL('../../api/streams/films', import.meta.url))

function write(scene: Scene, { config, frames }: Filmed): Buffer {
  if (config === '' || frames.length !== scene.frames)
    throw new Error(`${frames.length} frames of ${scene.frames} came out of the encoder`)
  const track: Track = {
    width: scene.width,
    height: scene.height,
    timescale: TIMESCALE,
    frameDuration: TIMESCALE / FPS,
    config: Buffer.from(config, 'base64'),
  }
  const samples = frames.map(({ data, isKey }): Sample => ({ data: Buffer.from(data, 'base64'), isKey }))
  const parts = [initPart(track)]
  for (let at = 0; at < samples.length; at += scene.framesPerSegment)
    parts.push(
      segmentPart(track, {
        number: parts.length,
        start: at * track.frameDuration,
        samples: samples.slice(at, at + scene.framesPerSegment),
      }),
    )
  return Buffer.concat(parts)
}

const browser = await openBrowser()
try {
  await mkdir(folder, { recursive: true })
  const page = await browser.newPage()
  // Encoders are for secure pages only.
  await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }))
  await page.goto('https://films.invalid/')
  for (const scene of SCENES) {
    const asked: Scene = {
      scene,
      width: 640,
      height: 360,
      frames: FPS * ROUND_S,
      fps: FPS,
      framesPerSegment: FPS * SEGMENT_S,
      bitrate: 110_000,
    }
    const bytes = write(asked, await page.evaluate(film, asked))
    await writeFile(join(folder, `${scene}.mp4`), bytes)
    console.log(`${scene}.mp4: ${Math.round(bytes.length / 1000)} kB`)
  }
} finally {
  await browser.close()
}
