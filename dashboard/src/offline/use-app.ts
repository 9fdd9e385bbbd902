// The phone pages as an app: can be put on the home screen, opens without a network, and comes to its next version without
// losing what is being written.
import { useCallback, useEffect, useState } from 'react'
import type { PHONE_PAGES } from './worker/routes.ts'

const WORKER = '/phone-worker.js'
/** A page that stays open asks for a newer version as often as this. */
const ASK_MS = 30 * 60_000

export type PhonePage = (typeof PHONE_PAGES)[number]

let isTakingOver = false

/** The waiting version takes over and the page opens anew with it; drafts are on the device by then. */
function takeOver(worker: ServiceWorker): void {
  if (isTakingOver) return
  isTakingOver = true
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  worker.postMessage('take-over')
}

async function register(page: PhonePage, onReady: (worker: ServiceWorker) => void): Promise<() => void> {
  const registration = await navigator.serviceWorker.register(WORKER, { scope: page, updateViaCache: 'none' })
  // Nobody has begun to write yet: the newer version at once.
  if (registration.waiting && navigator.serviceWorker.controller) takeOver(registration.waiting)
  const watch = (worker: ServiceWorker) =>
    worker.addEventListener('statechange', () => {
      if (worker.state === 'installed' && navigator.serviceWorker.controller) onReady(worker)
      if (worker.state === 'activated') worker.postMessage('fetch-later')
    })
  if (registration.installing) watch(registration.installing)
  registration.active?.postMessage('fetch-later')
  const found = () => registration.installing && watch(registration.installing)
  registration.addEventListener('updatefound', found)
  // A phone without a network cannot ask; it asks again.
  const timer = setInterval(() => void registration.update().catch(() => undefined), ASK_MS)
  return () => {
    registration.removeEventListener('updatefound', found)
    clearInterval(timer)
  }
}

/** The page's own manifest: each page is an app of its own, and the wall and the desks are none. */
function useManifest(page: PhonePage): void {
  useEffect(() => {
    const link = document.createElement('link')
    link.rel = 'manifest'
    link.href = `/app${page === '/check' ? '/check' : '/report'}.webmanifest`
    const theme = document.createElement('meta')
    theme.name = 'theme-color'
    theme.content = '#0f1a24'
    const icon = document.createElement('link')
    icon.rel = 'apple-touch-icon'
    icon.href = '/app/icon-192.png'
    document.head.append(link, theme, icon)
    return () => {
      for (const part of [link, theme, icon]) part.remove()
    }
  }, [page])
}

/** @returns what brings the newer version, once there is one. */
export function useApp(page: PhonePage): { renew: (() => void) | undefined } {
  const [waiting, setWaiting] = useState<ServiceWorker>()
  useManifest(page)
  useEffect(() => {
    if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
    let stop: (() => void) | undefined
    let isGone = false
    register(page, setWaiting).then(
      (end) => {
        if (isGone) end()
        else stop = end
      },
      // An address without a certificate that is trusted: the page works, but not without a network.
      (error: unknown) => console.warn('this page cannot be kept for use without a network:', error),
    )
    return () => {
      isGone = true
      stop?.()
    }
  }, [page])
  const renew = useCallback(() => waiting && takeOver(waiting), [waiting])
  return { renew: waiting ? renew : undefined }
}
