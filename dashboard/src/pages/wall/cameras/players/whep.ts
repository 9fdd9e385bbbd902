// WebRTC by WHEP (draft-ietf-wish-whep): one POST with our offer, one answer, one DELETE at the end. Candidates are sent
// with the offer, as gateways of an intranet are reached directly.
import type { Attach, Listener } from './player.ts'
import { addVideo } from './video.ts'

/** In an intranet all candidates are known at once; more than this is not waited for. */
const GATHERING_MS = 1500

function gathered(peer: RTCPeerConnection): Promise<void> {
  return new Promise((resolve) => {
    if (peer.iceGatheringState === 'complete') return resolve()
    const timer = setTimeout(resolve, GATHERING_MS)
    peer.addEventListener('icegatheringstatechange', () => {
      if (peer.iceGatheringState !== 'complete') return
      clearTimeout(timer)
      resolve()
    })
  })
}

/** @returns the session's own address, where the answer names one. */
async function negotiate(
  peer: RTCPeerConnection,
  url: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  await peer.setLocalDescription(await peer.createOffer())
  await gathered(peer)
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/sdp' },
    body: peer.localDescription?.sdp ?? '',
    signal,
  })
  if (!answer.ok) throw new Error(`the gateway answered ${answer.status}`)
  const session = answer.headers.get('location')
  const sdp = await answer.text()
  if (!signal.aborted) await peer.setRemoteDescription({ type: 'answer', sdp })
  return session === null ? undefined : new URL(session, answer.url).href
}

/** The gateway drops a session that nobody watches by itself; this only spares it the wait. */
const endSession = (session: string) =>
  fetch(session, { method: 'DELETE', keepalive: true }).then(
    () => undefined,
    (error: unknown) => console.debug('whep: the session was not ended', error),
  )

export const attach: Attach = (stage, url, listener: Listener) => {
  const screen = addVideo(stage, listener)
  const peer = new RTCPeerConnection()
  const ended = new AbortController()
  let session: string | undefined
  peer.addTransceiver('video', { direction: 'recvonly' })
  peer.addEventListener('track', ({ track, streams }) => {
    screen.video.srcObject = streams[0] ?? new MediaStream([track])
  })
  peer.addEventListener('connectionstatechange', () => {
    if (peer.connectionState === 'failed') listener.onError('whep: the connection broke off')
  })
  negotiate(peer, url, ended.signal).then(
    (found) => {
      if (ended.signal.aborted && found !== undefined) void endSession(found)
      else session = found
    },
    (error: unknown) => {
      if (!ended.signal.aborted) listener.onError(`whep: ${error instanceof Error ? error.message : error}`)
    },
  )
  return () => {
    ended.abort()
    peer.close()
    if (session !== undefined) void endSession(session)
    screen.close()
  }
}
