// Pieces of the program that a wall loads when they are first shown. The server may be away at that moment, and nobody is
// there to press anything: such a piece is asked for until it comes, and one that breaks does not take the wall with it.
import { Component, type ReactNode } from 'react'

const AGAIN_MS = { first: 1_000, most: 30_000 }

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** For `lazy`: asks again for as long as the piece does not come, less and less often. */
export async function patiently<T>(load: () => Promise<T>, pause = wait): Promise<T> {
  for (let ms = AGAIN_MS.first; ; ms = Math.min(ms * 2, AGAIN_MS.most)) {
    try {
      return await load()
    } catch (error) {
      console.debug('wall: a piece of the program did not come; it is asked for again', error)
      await pause(ms)
    }
  }
}

/** A panel that broke stays empty for a while and is then drawn anew; the others go on. */
export class PanelGuard extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false }
  private timer: ReturnType<typeof setTimeout> | undefined

  static getDerivedStateFromError() {
    return { isBroken: true }
  }

  override componentDidCatch(error: unknown) {
    console.error('wall: a panel broke and is drawn anew', error)
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.setState({ isBroken: false }), AGAIN_MS.most)
  }

  override componentWillUnmount() {
    clearTimeout(this.timer)
  }

  override render() {
    return this.state.isBroken ? null : this.props.children
  }
}
