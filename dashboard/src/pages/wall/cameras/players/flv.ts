// HTTP-FLV by mpegts.js. Sound is not even read: cameras send codecs that browsers don't play, and a wall is silent.
import exported from 'mpegts.js'
import type { Attach } from './player.ts'
import { addVideo } from './video.ts'

/** The package exports this itself, and its types say that it exports an object with this as `default`. */
const mpegts = exported as unknown as typeof exported.default

export const attach: Attach = (stage, url, listener) => {
  const screen = addVideo(stage, listener)
  // Without its own console lines: what goes wrong is told to the listener.
  mpegts.LoggingControl.applyConfig({ enableAll: false })
  const player = mpegts.createPlayer(
    { type: 'flv', isLive: true, hasAudio: false, url: new URL(url, location.href).href },
    {
      liveBufferLatencyChasing: true,
      liveBufferLatencyMaxLatency: 6,
      liveBufferLatencyMinRemain: 1.5,
      autoCleanupSourceBuffer: true,
      autoCleanupMaxBackwardDuration: 20,
      autoCleanupMinBackwardDuration: 8,
    },
  )
  player.on(mpegts.Events.ERROR, (type: string, detail: string) =>
    listener.onError(`flv: ${type}, ${detail}`),
  )
  player.on(mpegts.Events.LOADING_COMPLETE, () => listener.onError('flv: the stream has ended'))
  player.attachMediaElement(screen.video)
  player.load()
  return () => {
    player.destroy()
    screen.close()
  }
}
