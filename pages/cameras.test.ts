// Cameras in a real browser: pictures of every kind play, a stream that stops is named as such while the round goes on,
// and nothing is left behind by what has had its turn.
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import sharp from 'sharp'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { USERS } from '#api/testing/api.ts'
import type { PackCamera } from '#domain/city/types.ts'
import { cityPack, placeAt } from '#domain/testing/city.ts'
import type { CameraWallProps } from '../dashboard/src/pages/wall/cameras/camera-wall.tsx'
import { apiPages } from './testing/api-pages.ts'
import { buildCameraPage } from './testing/camera-page.ts'
import { sendFlv } from './testing/film-source.ts'

const SOON = { timeout: 25_000, interval: 100 }

/** A gateway's place: HTTP-FLV, single pictures. WHEP is answered by a page. */
let gateway: Server
let pagesDir: string
let context: BrowserContext
let page: Page
let faults: string[]

afterAll(async () => {
  gateway?.closeAllConnections()
  gateway?.close()
  if (pagesDir) await rm(pagesDir, { recursive: true })
})
const stage = apiPages(async () => {
  const jpeg = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#4f6d8c' } })
    .jpeg()
    .toBuffer()
  gateway = createServer((request, response) => {
    if (request.url?.startsWith('/live/b.flv')) return void sendFlv(response)
    response.writeHead(200, { 'content-type': 'image/jpeg' })
    return response.end(jpeg)
  }).listen(0, '127.0.0.1')
  await once(gateway, 'listening')
  const host = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`
  const at = (code: string, kind: PackCamera['kind'], place: number, path?: string): PackCamera => ({
    code,
    name: `${code} 路口`,
    ...placeAt(place, 0.5),
    kind,
    ...(path === undefined ? {} : { url: host + path }),
  })
  const cameras = [
    ...Array.from({ length: 10 }, (_, i) => at(`G${i}`, 'generated', 0.3 + i * 0.3)),
    at('FLV', 'flv', 3.5, '/live/b.flv'),
    at('WHEP', 'whep', 3.6, '/whep/c'),
    at('JPEG', 'snapshot', 3.7, '/d.jpg'),
  ]
  pagesDir = await buildCameraPage()
  return { pack: { ...cityPack(), cameras, users: USERS }, pagesDir }
})

beforeEach(async () => {
  faults = []
  context = await stage.context('wall', { viewport: { width: 960, height: 540 } })
  page = await context.newPage()
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (line) => /Content Security Policy/.test(line.text()) && faults.push(line.text()))
  await page.goto(stage.url)
  await page.waitForFunction(() => 'show' in window)
})
afterEach(() => expect(faults).toEqual([]))

const show = (props: CameraWallProps | undefined) => page.evaluate((p) => window.show(p), props)

interface Tile {
  code: string
  signal: string
  text: string
}
const tiles = () =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-camera]:not([data-waiting])')].map(
      (tile): Tile => ({
        code: tile.dataset.camera ?? '',
        signal: tile.dataset.signal ?? '',
        text: tile.innerText,
      }),
    ),
  )
const signals = async () => Object.fromEntries((await tiles()).map((t) => [t.code, t.signal]))
/** Current time and pictures so far of each video. */
const played = () =>
  page.evaluate(() =>
    [...document.querySelectorAll('video')].map((v) => ({
      time: v.currentTime,
      frames: v.getVideoPlaybackQuality().totalVideoFrames,
      muted: v.muted,
    })),
  )

describe('pictures', () => {
  it('of generated streams go on, muted, with name, time and what they are', async () => {
    await show({ codes: ['G0', 'G1', 'G2', 'G3'], split: 4 })
    await expect.poll(signals, SOON).toEqual({ G0: 'live', G1: 'live', G2: 'live', G3: 'live' })
    const before = await played()
    expect(before).toHaveLength(4)
    // Three segments further: the stream is fetched on, not one piece played.
    await expect
      .poll(async () => {
        const after = await played()
        return after.every(({ time, frames }, i) => {
          const [then, had] = [before[i]?.time ?? 0, before[i]?.frames ?? 0]
          return time > then + 6 && frames > had + 30
        })
      }, SOON)
      .toBe(true)
    expect((await played()).every((v) => v.muted)).toBe(true)
    const shown = await tiles()
    expect(
      shown.map((t) =>
        t.text
          .split('\n')
          .filter((line) => line !== '')
          .at(0),
      ),
    ).toEqual(shown.map(() => '生成画面'))
    for (const { code, text } of shown) {
      expect(text).toContain(`${code} 路口`)
      expect(text).toMatch(/\d\d:\d\d:\d\d/)
    }
    const time = async () => /\d\d:\d\d:\d\d/.exec((await tiles())[0]?.text ?? '')?.[0]
    const seen = await time()
    await expect.poll(time, SOON).not.toBe(seen)
  })

  it('come over HTTP-FLV', async () => {
    await show({ codes: ['FLV'], split: 1 })
    await expect.poll(signals, SOON).toEqual({ FLV: 'live' })
    const [before] = await played()
    await expect
      .poll(async () => (await played())[0]?.time ?? 0, SOON)
      .toBeGreaterThan((before?.time ?? 0) + 2)
    expect((await tiles())[0]?.text).not.toContain('生成画面')
  })

  it('come one by one', async () => {
    await show({ codes: ['JPEG'], split: 1 })
    await expect.poll(signals, SOON).toEqual({ JPEG: 'live' })
    expect(await page.locator('[data-camera] img').evaluate((i: HTMLImageElement) => i.naturalWidth)).toBe(
      640,
    )
  })

  it('come over WHEP, whose session is ended when it has been seen', async () => {
    const sender = await context.newPage()
    await sender.goto(stage.url)
    const asked: string[] = []
    await page.route('**/whep/**', async (route) => {
      const method = route.request().method()
      asked.push(`${method} ${new URL(route.request().url()).pathname}`)
      const headers = {
        'access-control-allow-origin': '*',
        'access-control-allow-headers': '*',
        'access-control-allow-methods': '*',
        'access-control-expose-headers': 'location',
      }
      if (method !== 'POST') return route.fulfill({ status: 200, headers })
      const sdp = await sender.evaluate(answerOffer, route.request().postData() ?? '')
      return route.fulfill({
        status: 201,
        headers: { ...headers, location: '/whep/c/session-1' },
        contentType: 'application/sdp',
        body: sdp,
      })
    })
    await show({ codes: ['WHEP'], split: 1 })
    await expect.poll(signals, SOON).toEqual({ WHEP: 'live' })
    const frames = async () => (await played())[0]?.frames ?? 0
    const before = await frames()
    await expect.poll(frames, SOON).toBeGreaterThan(before + 10)
    await show(undefined)
    await expect.poll(() => asked.at(-1), SOON).toBe('DELETE /whep/c/session-1')
  })
})

describe('a stream that stops', () => {
  it('is named 信号中断 with since when, the others and the round go on, and it comes back by itself', async () => {
    await show({ codes: ['G0', 'G1', 'G2', 'G3', 'G4'], split: 4, lostAfterMs: 3000 })
    await expect.poll(signals, SOON).toEqual({ G0: 'live', G1: 'live', G2: 'live', G3: 'live' })
    await page.route('**/streams/generated/G0/**', (route) => route.abort())
    await expect.poll(signals, SOON).toEqual({ G0: 'lost', G1: 'live', G2: 'live', G3: 'live' })
    const lost = (await tiles()).find((t) => t.code === 'G0')
    expect(lost?.text).toContain('信号中断')
    expect(lost?.text).toMatch(/\d\d:\d\d:\d\d 起无画面/)

    await show({ codes: ['G0', 'G1', 'G2', 'G3', 'G4'], split: 1, lostAfterMs: 3000, rotateSeconds: 2 })
    const seen = new Map<string, string>()
    await expect
      .poll(async () => {
        for (const { code, signal } of await tiles()) if (seen.get(code) !== 'live') seen.set(code, signal)
        return Object.fromEntries([...seen].sort())
      }, SOON)
      .toEqual({ G0: 'lost', G1: 'live', G2: 'live', G3: 'live', G4: 'live' })

    await page.unroute('**/streams/generated/G0/**')
    await show({ codes: ['G0'], split: 1, lostAfterMs: 3000 })
    await expect.poll(signals, { ...SOON, timeout: 45_000 }).toEqual({ G0: 'live' })
  })
})

describe('a press', () => {
  it('shows one alone, and Esc or another press brings the others back', async () => {
    let heard = 0
    await page.exposeFunction('hear', () => {
      heard += 1
    })
    await page.evaluate(() =>
      window.addEventListener('keydown', () => void (window as unknown as { hear(): void }).hear()),
    )
    await show({ codes: ['G0', 'G1', 'G2', 'G3', 'G4', 'G5'], split: 6 })
    const codes = async () => (await tiles()).map((t) => t.code).join()
    await expect.poll(codes, SOON).toBe('G0,G1,G2,G3,G4,G5')
    await page.locator('[data-camera="G3"]').click()
    await expect.poll(codes, SOON).toBe('G3')
    expect(await page.locator('[data-camera="G3"]').boundingBox()).toEqual({
      x: 0,
      y: 0,
      width: 960,
      height: 540,
    })
    await page.keyboard.press('Escape')
    await expect.poll(codes, SOON).toBe('G0,G1,G2,G3,G4,G5')
    // What lies around must not leave its own place by the same key.
    expect(heard).toBe(0)
    await page.locator('[data-camera="G1"]').focus()
    await page.keyboard.press('Enter')
    await expect.poll(codes, SOON).toBe('G1')
    await page.locator('[data-camera="G1"]').click()
    await expect.poll(codes, SOON).toBe('G0,G1,G2,G3,G4,G5')
  })
})

describe('the round', () => {
  it('begins with the nearest, makes the next ready, and plays no more than nine at once', async () => {
    await show({ near: placeAt(3.05, 0.5), split: 4, rotateSeconds: 6 })
    const codes = async () => (await tiles()).map((t) => t.code).join()
    const first = 'G9,G8,FLV,WHEP'
    await expect.poll(codes, SOON).toBe(first)
    let most = 0
    await expect
      .poll(async () => {
        most = Math.max(most, await page.locator('video, [data-camera] img').count())
        return (await codes()) !== first
      }, SOON)
      .toBe(true)
    expect(most).toBeGreaterThan(4)
    expect(most).toBeLessThanOrEqual(9)
    // Made ready behind the others: they have their picture when their turn begins.
    const begun = await signals()
    expect(
      Object.entries(begun).filter(([code, signal]) => code.startsWith('G') && signal !== 'live'),
    ).toEqual([])
  })

  it('leaves nothing behind', async () => {
    const codes = ['G0', 'G1', 'G2', 'G3', 'G4', 'G5', 'FLV', 'JPEG']
    await show({ codes, split: 4, rotateSeconds: 3 })
    const cdp = await context.newCDPSession(page)
    await cdp.send('HeapProfiler.enable')
    const count = async () => {
      await cdp.send('HeapProfiler.collectGarbage')
      const { nodes, jsEventListeners } = await cdp.send('Memory.getDOMCounters')
      return { nodes, jsEventListeners }
    }
    const turns = new Set<string>()
    let changes = 0
    let last = ''
    const goOn = (until: number) =>
      expect
        .poll(async () => {
          const now = (await tiles()).map((t) => t.code).join()
          if (now !== last) changes += 1
          last = now
          turns.add(now)
          return changes
        }, SOON)
        .toBeGreaterThanOrEqual(until)
    await goOn(4)
    await show(undefined)
    await expect.poll(() => page.locator('video').count(), SOON).toBe(0)
    const before = await count()
    await show({ codes, split: 4, rotateSeconds: 3 })
    await goOn(10)
    await show(undefined)
    await expect.poll(() => page.locator('video').count(), SOON).toBe(0)
    expect(turns.size).toBeGreaterThan(1)
    await expect
      .poll(async () => {
        const after = await count()
        return after.nodes <= before.nodes + 20 && after.jsEventListeners <= before.jsEventListeners + 5
      }, SOON)
      .toBe(true)
  })
})

describe('who may not look', () => {
  it('is told so instead of being shown empty places', async () => {
    await context.clearCookies()
    await page.goto(stage.url)
    await page.waitForFunction(() => 'show' in window)
    await show({ split: 4 })
    // Generated pictures need a login, as all do.
    await expect.poll(() => page.locator('body').innerText(), SOON).toContain('不能查看视频画面')
  })
})

/** Runs in the sending page: a drawn picture as a WebRTC track. */
async function answerOffer(sdp: string): Promise<string> {
  const canvas = document.createElement('canvas')
  canvas.width = 320
  canvas.height = 180
  const drawn = canvas.getContext('2d')
  let n = 0
  setInterval(() => {
    if (!drawn) return
    n += 1
    drawn.fillStyle = `hsl(${n % 360} 30% 50%)`
    drawn.fillRect(0, 0, 320, 180)
  }, 60)
  const peer = new RTCPeerConnection()
  ;(window as unknown as { peer: RTCPeerConnection }).peer = peer
  const stream = canvas.captureStream(15)
  for (const track of stream.getTracks()) peer.addTrack(track, stream)
  await peer.setRemoteDescription({ type: 'offer', sdp })
  await peer.setLocalDescription(await peer.createAnswer())
  if (peer.iceGatheringState !== 'complete')
    await new Promise<void>((resolve) => {
      peer.addEventListener('icegatheringstatechange', () => {
        if (peer.iceGatheringState === 'complete') resolve()
      })
    })
  return peer.localDescription?.sdp ?? ''
}
