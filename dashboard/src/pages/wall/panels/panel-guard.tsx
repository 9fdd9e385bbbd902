// One panel that breaks does not take the wall with it: it stays empty for a while and is then drawn anew.
import { Component, type ReactNode } from 'react'

const AGAIN_MS = 30_000

export class PanelGuard extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false }
  private timer: ReturnType<typeof setTimeout> | undefined

  static getDerivedStateFromError() {
    return { isBroken: true }
  }

  override componentDidCatch(error: unknown) {
    console.error('wall: a panel broke and is drawn anew', error)
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.setState({ isBroken: false }), AGAIN_MS)
  }

  override componentWillUnmount() {
    clearTimeout(this.timer)
  }

  override render() {
    return this.state.isBroken ? null : this.props.children
  }
}
