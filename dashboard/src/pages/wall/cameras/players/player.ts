// What every kind of picture does, and where its player comes from. A player is loaded when the first camera of its kind
// is shown, so a wall without cameras carries none.
import type { PackCamera } from '#domain/city/types.ts'

export interface Listener {
  /** A new picture is to be seen. */
  onFrame(): void
  /** Nothing more will come: close it, and attach anew when it is time. @param reason for the console and for support. */
  onError(reason: string): void
}

/** Ends it and takes away everything that it had made: elements, timers, connections. */
export type Close = () => void

/** Shows what comes from `url` inside `stage`, muted. */
export type Attach = (stage: HTMLElement, url: string, listener: Listener) => Close

const LOADERS: Record<PackCamera['kind'], () => Promise<{ attach: Attach }>> = {
  hls: () => import('./hls.ts'),
  generated: () => import('./hls.ts'),
  flv: () => import('./flv.ts'),
  whep: () => import('./whep.ts'),
  snapshot: () => import('./snapshot.ts'),
}

export const loadPlayer = async (kind: PackCamera['kind']): Promise<Attach> => (await LOADERS[kind]()).attach
