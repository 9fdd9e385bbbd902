// HLS by hls.js, without what cameras don't have (subtitles, further sound tracks, protection). Where only the browser
// itself plays HLS (Safari on phones), it does.
import Hls from 'hls.js/light'
import workerUrl from 'hls.js/dist/hls.worker.js?url'
import { authorization } from '../../../../api/request.ts'
import type { Attach } from './player.ts'
import { addVideo } from './video.ts'

const isOurs = (url: string) => new URL(url, location.href).origin === location.origin

export const attach: Attach = (stage, url, listener) => {
  const screen = addVideo(stage, listener)
  if (!Hls.isSupported()) {
    screen.video.src = url
    return screen.close
  }
  const hls = new Hls({
    workerPath: workerUrl,
    liveSyncDurationCount: 2,
    // A wall shows the present; what is past only takes memory.
    maxBufferLength: 10,
    maxMaxBufferLength: 20,
    backBufferLength: 4,
    xhrSetup(request, asked) {
      const header = isOurs(asked) ? authorization() : undefined
      if (header !== undefined) request.setRequestHeader('authorization', header)
    },
  })
  hls.on(Hls.Events.ERROR, (_event, { fatal, details }) => {
    if (fatal) listener.onError(`hls: ${details}`)
  })
  hls.loadSource(url)
  hls.attachMedia(screen.video)
  return () => {
    hls.destroy()
    screen.close()
  }
}
