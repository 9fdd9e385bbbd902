// The schematic streets of generated pictures: plain shapes that move calmly and come round without a jump. Runs inside
// a browser page (see make-films.ts), so it stands alone: no imports, no names from outside the function.

export interface Scene {
  scene: 'avenue' | 'gate' | 'lakeside'
  width: number
  height: number
  /** Frames of one round; the frame after the last one is the first. */
  frames: number
  fps: number
  /** A key frame begins each of these, so that each can be sent alone. */
  framesPerSegment: number
  bitrate: number
}

export interface Filmed {
  /** AVCDecoderConfigurationRecord, base64. */
  config: string
  codec: string
  /** In AVC form (lengths instead of start codes), base64. */
  frames: { data: string; isKey: boolean }[]
}

/** Draws every frame of a scene and encodes it as H.264. @throws when the browser has no H.264 encoder. */
export async function film({
  scene,
  width,
  height,
  frames,
  fps,
  framesPerSegment,
  bitrate,
}: Scene): Promise<Filmed> {
  const canvas = new OffscreenCanvas(width, height)
  const drawn = canvas.getContext('2d')
  if (!drawn) throw new Error('this browser draws no canvas')
  const c = drawn
  // Drawn in a plane of 640 × 360.
  c.scale(width / 640, height / 360)

  const box = (x: number, y: number, w: number, h: number, colour: string, radius = 0) => {
    c.fillStyle = colour
    c.beginPath()
    c.roundRect(x, y, w, h, radius)
    c.fill()
  }
  const disc = (x: number, y: number, r: number, colour: string) => {
    c.fillStyle = colour
    c.beginPath()
    c.arc(x, y, r, 0, Math.PI * 2)
    c.fill()
  }
  /** Place of something that crosses `span` a whole number of times a round, from `start`. */
  const along = (share: number, times: number, start: number, span: number, from: number) =>
    from + ((((start + times * span * share) % span) + span) % span)

  const building = (x: number, width: number, top: number, foot: number, colour: string, lit: number) => {
    box(x, top, width, foot - top, colour)
    const columns = Math.floor((width - 10) / 16)
    const rows = Math.floor((foot - top - 26) / 18)
    for (let i = 0; i < columns; i++)
      for (let k = 0; k < rows; k++)
        box(x + 8 + i * 16, top + 9 + k * 18, 9, 10, (i * 7 + k * 5 + lit) % 4 === 0 ? '#c9bd93' : '#5d7185')
  }
  const tree = (x: number, foot: number, size: number) => {
    box(x - size * 0.08, foot - size * 0.7, size * 0.16, size * 0.7, '#54483d')
    disc(x, foot - size, size * 0.46, '#4d6f57')
    disc(x - size * 0.28, foot - size * 0.8, size * 0.32, '#466650')
    disc(x + size * 0.28, foot - size * 0.8, size * 0.32, '#54785f')
  }
  const car = (x: number, foot: number, colour: string, way: 1 | -1, length = 62) => {
    const at = (from: number, w: number) => (way === 1 ? x + from : x + length - from - w)
    box(x, foot - 22, length, 17, colour, 5)
    box(at(10, length - 24), foot - 35, length - 24, 16, colour, 6)
    box(at(14, (length - 36) / 2), foot - 31, (length - 36) / 2, 10, '#2f3b46', 2)
    box(at(18 + (length - 36) / 2, (length - 36) / 2), foot - 31, (length - 36) / 2, 10, '#2f3b46', 2)
    for (const wheel of [13, length - 13]) {
      disc(x + wheel, foot - 5, 6, '#20272d')
      disc(x + wheel, foot - 5, 2.5, '#7c8790')
    }
    box(at(length - 4, 4), foot - 18, 4, 5, '#e6dcae', 1)
  }
  const bus = (x: number, foot: number, colour: string) => {
    box(x, foot - 56, 150, 50, colour, 6)
    for (let i = 0; i < 6; i++) box(x + 9 + i * 23, foot - 48, 18, 17, '#2f3b46', 2)
    box(x, foot - 22, 150, 4, '#d7dde2')
    for (const wheel of [28, 122]) {
      disc(x + wheel, foot - 6, 9, '#20272d')
      disc(x + wheel, foot - 6, 4, '#7c8790')
    }
  }
  const person = (x: number, foot: number, size: number, colour: string, step: number) => {
    const swing = Math.sin(step) * size * 0.14
    c.strokeStyle = '#333d46'
    c.lineWidth = size * 0.12
    c.lineCap = 'round'
    for (const side of [-1, 1]) {
      c.beginPath()
      c.moveTo(x, foot - size * 0.42)
      c.lineTo(x + swing * side, foot)
      c.stroke()
    }
    box(x - size * 0.14, foot - size * 0.82, size * 0.28, size * 0.46, colour, size * 0.12)
    disc(x, foot - size * 0.93, size * 0.12, '#c9a98c')
  }
  const signal = (x: number, foot: number, share: number) => {
    box(x - 2, foot - 104, 4, 104, '#3a4650')
    box(x - 8, foot - 134, 16, 38, '#252d34', 4)
    const phase = share < 0.45 ? 2 : share < 0.52 ? 1 : share < 0.94 ? 0 : 1
    const colours = ['#d4685c', '#d9b95a', '#5fb487']
    for (let i = 0; i < 3; i++)
      disc(x, foot - 127 + i * 12, 4.5, i === phase ? (colours[i] ?? '') : '#3a4650')
  }
  const road = (top: number, foot: number) => {
    box(0, top, 640, foot - top, '#515c66')
    box(0, top, 640, 2, '#7d8891')
    box(0, foot - 2, 640, 2, '#7d8891')
    for (let i = 0; i < 10; i++) box(18 + i * 64, (top + foot) / 2 - 1.5, 34, 3, '#aab3ba')
  }
  const crossingMarks = (x: number, top: number, foot: number) => {
    for (let y = top + 8; y < foot - 10; y += 17) box(x, y, 44, 8, '#b8c0c6')
  }

  const steps = (share: number, times: number) => share * Math.PI * 2 * times

  function avenue(share: number) {
    box(0, 0, 640, 178, '#8fa3b3')
    building(-10, 120, 40, 178, '#6d7f90', 1)
    building(118, 84, 78, 178, '#7b8997', 2)
    building(210, 140, 22, 178, '#64778a', 3)
    building(358, 96, 66, 178, '#75858f', 0)
    building(462, 190, 36, 178, '#6a7c8c', 1)
    box(0, 176, 640, 34, '#8d959b')
    for (const x of [60, 190, 330, 440, 580]) tree(x, 196, 40)
    road(210, 316)
    crossingMarks(500, 212, 314)
    box(0, 316, 640, 44, '#858d94')
    person(along(share, -1, 90, 760, -60), 203, 30, '#8b6f5c', steps(share, 16))
    person(along(share, 1, 420, 760, -60), 206, 31, '#4f6d8c', steps(share, 18))
    car(along(share, -2, 160, 860, -110), 254, '#b7bec4', -1)
    car(along(share, -2, 590, 860, -110), 254, '#5f7f9e', -1)
    signal(478, 318, share)
    car(along(share, 2, 40, 860, -110), 304, '#8e5f57', 1, 68)
    bus(along(share, 1, 380, 960, -210), 306, '#4f8a77')
    person(along(share, 1, 300, 760, -60), 350, 46, '#6b7f5c', steps(share, 14))
    person(along(share, -1, 560, 760, -60), 354, 47, '#7a6480', steps(share, 13))
  }

  function gate(share: number) {
    box(0, 0, 640, 170, '#98a9b5')
    building(120, 400, 34, 170, '#74858f', 2)
    building(-20, 130, 84, 190, '#66788a', 1)
    building(530, 130, 84, 190, '#66788a', 3)
    box(0, 168, 640, 96, '#9a9f9f')
    for (let i = 0; i < 9; i++) box(0, 176 + i * 10, 640, 1, '#8b9192')
    box(0, 150, 250, 34, '#7d7468')
    box(390, 150, 250, 34, '#7d7468')
    for (let i = 0; i < 15; i++) box(6 + i * 17, 130, 3, 22, '#4a535b')
    for (let i = 0; i < 15; i++) box(396 + i * 17, 130, 3, 22, '#4a535b')
    box(246, 104, 16, 82, '#8a7f70')
    box(378, 104, 16, 82, '#8a7f70')
    box(240, 94, 160, 12, '#6d6459', 2)
    for (const x of [46, 150, 500, 600]) tree(x, 216, 52)
    // Out of the gate and in again, nearer as they come.
    for (const [start, side, colour] of [
      [0, -1, '#4f6d8c'],
      [0.35, 1, '#8b6f5c'],
      [0.7, 0.3, '#6b7f5c'],
    ] as const) {
      const there = 0.5 - 0.5 * Math.cos((share + start) * Math.PI * 2)
      person(
        320 + side * (12 + 120 * there),
        186 + 66 * there,
        28 + 14 * there,
        colour,
        steps(share + start, 16),
      )
    }
    road(262, 340)
    crossingMarks(298, 262, 340)
    person(along(share, 1, 120, 760, -60), 240, 38, '#7a6480', steps(share, 15))
    car(along(share, -2, 60, 860, -110), 296, '#a9b2b9', -1)
    car(along(share, -1, 520, 860, -110), 296, '#8e5f57', -1)
    car(along(share, 2, 300, 860, -110), 334, '#5f7f9e', 1, 66)
    box(0, 340, 640, 20, '#858d94')
  }

  function lakeside(share: number) {
    box(0, 0, 640, 120, '#a3b3bd')
    for (const [x, r] of [
      [90, 90],
      [250, 120],
      [430, 100],
      [580, 110],
    ] as const)
      disc(x, 150, r * 0.75, '#7f939a')
    building(20, 60, 66, 122, '#7a8b99', 1)
    building(92, 46, 82, 122, '#6d7f8e', 2)
    building(520, 70, 58, 122, '#75869a', 0)
    box(0, 120, 640, 112, '#6f93a6')
    for (let i = 0; i < 14; i++) {
      const x = along(share, i % 2 === 0 ? 1 : -1, i * 53, 760, -60)
      box(x, 130 + i * 7.2, 36 + (i % 4) * 9, 2, '#83a6b7', 1)
    }
    const boat = along(share, 1, 200, 800, -80)
    const bob = Math.sin(steps(share, 5)) * 1.2
    box(boat, 166 + bob, 64, 12, '#8a6f57', 6)
    box(boat + 16, 152 + bob, 32, 15, '#c8c4b4', 3)
    box(0, 232, 640, 6, '#8d8f8a')
    for (let i = 0; i < 27; i++) box(8 + i * 24, 214, 3, 20, '#d3d6d4')
    box(0, 213, 640, 3, '#d3d6d4')
    box(0, 238, 640, 84, '#a59d8e')
    for (const x of [70, 290, 520]) tree(x, 262, 66)
    box(150, 262, 62, 5, '#6b5846', 2)
    box(156, 267, 4, 12, '#4a4f54')
    box(202, 267, 4, 12, '#4a4f54')
    person(along(share, 1, 60, 760, -60), 276, 44, '#4f6d8c', steps(share, 14))
    person(along(share, 1, 88, 760, -60), 278, 42, '#8b6f5c', steps(share, 14) + 1.4)
    person(along(share, -1, 420, 760, -60), 296, 50, '#6b7f5c', steps(share, 14))
    person(along(share, -2, 640, 760, -60), 310, 52, '#a0614f', steps(share, 30))
    box(0, 322, 640, 38, '#5f7a5c')
    for (let i = 0; i < 16; i++) disc(20 + i * 41, 326, 10, '#688664')
  }

  const draw = { avenue, gate, lakeside }[scene]
  const toBase64 = (bytes: Uint8Array) => {
    let text = ''
    for (const byte of bytes) text += String.fromCharCode(byte)
    return btoa(text)
  }
  const filmed: Filmed = { config: '', codec: 'avc1.42e01f', frames: [] }
  let fault: Error | undefined
  const encoder = new VideoEncoder({
    output(chunk, meta) {
      const described = meta?.decoderConfig?.description
      if (described && filmed.config === '')
        filmed.config = toBase64(new Uint8Array(described as ArrayBuffer))
      const data = new Uint8Array(chunk.byteLength)
      chunk.copyTo(data)
      filmed.frames.push({ data: toBase64(data), isKey: chunk.type === 'key' })
    },
    error(error) {
      fault = error
    },
  })
  encoder.configure({
    codec: filmed.codec,
    width,
    height,
    framerate: fps,
    bitrate,
    bitrateMode: 'variable',
    latencyMode: 'quality',
    avc: { format: 'avc' },
  })
  for (let i = 0; i < frames; i++) {
    draw(i / frames)
    const frame = new VideoFrame(canvas, { timestamp: (i * 1e6) / fps, duration: 1e6 / fps })
    encoder.encode(frame, { keyFrame: i % framesPerSegment === 0 })
    frame.close()
    // The encoder drops frames of a queue that grows too long.
    while (encoder.encodeQueueSize > 4) await new Promise((go) => setTimeout(go, 1))
  }
  await encoder.flush()
  if (fault) throw fault
  return filmed
}
