// The video element of a player: muted, without controls, telling of every picture that reaches the screen.
import type { Close, Listener } from './player.ts'

export interface Screen {
  video: HTMLVideoElement
  close: Close
}

export function addVideo(stage: HTMLElement, listener: Listener): Screen {
  const video = document.createElement('video')
  video.muted = true
  video.autoplay = true
  video.playsInline = true
  video.disablePictureInPicture = true
  // Its name is on the tile; it has no sound and nothing to press.
  video.ariaHidden = 'true'
  stage.append(video)
  const onFault = () => listener.onError(`video: ${video.error?.message ?? 'broken off'}`)
  video.addEventListener('error', onFault)
  const stopCounting = countFrames(video, listener)
  return {
    video,
    close() {
      stopCounting()
      video.removeEventListener('error', onFault)
      video.pause()
      video.srcObject = null
      // Sets the decoder free at once instead of at some collection of garbage.
      video.removeAttribute('src')
      video.load()
      video.remove()
    },
  }
}

function countFrames(video: HTMLVideoElement, { onFrame }: Listener): Close {
  if ('requestVideoFrameCallback' in video) {
    const count = () => {
      onFrame()
      asked = video.requestVideoFrameCallback(count)
    }
    let asked = video.requestVideoFrameCallback(count)
    return () => video.cancelVideoFrameCallback(asked)
  }
  return countAdvances(video, onFrame)
}

/** Older browsers: the time of the video goes on only while pictures come. */
function countAdvances(video: HTMLVideoElement, onFrame: () => void): Close {
  let last = 0
  const onTime = () => {
    if (video.currentTime === last) return
    last = video.currentTime
    onFrame()
  }
  video.addEventListener('timeupdate', onTime)
  return () => video.removeEventListener('timeupdate', onTime)
}
