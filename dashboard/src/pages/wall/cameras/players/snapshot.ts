// Single pictures (JPEG), asked for again and again: for cameras that send nothing else.
import type { Attach } from './player.ts'

const EVERY_MS = 2000

/** An address that no cache on the way has an old picture of. */
function fresh(url: string, at: number): string {
  const asked = new URL(url, location.href)
  asked.searchParams.set('at', String(at))
  return asked.href
}

export const attach: Attach = (stage, url, listener) => {
  const image = document.createElement('img')
  image.alt = ''
  image.referrerPolicy = 'no-referrer'
  let timer: ReturnType<typeof setTimeout> | undefined
  const ask = () => {
    image.src = fresh(url, Date.now())
  }
  const onLoad = () => {
    listener.onFrame()
    timer = setTimeout(ask, EVERY_MS)
  }
  const onFault = () => listener.onError('snapshot: no picture at this address')
  image.addEventListener('load', onLoad)
  image.addEventListener('error', onFault)
  stage.append(image)
  ask()
  return () => {
    clearTimeout(timer)
    image.removeEventListener('load', onLoad)
    image.removeEventListener('error', onFault)
    image.removeAttribute('src')
    image.remove()
  }
}
