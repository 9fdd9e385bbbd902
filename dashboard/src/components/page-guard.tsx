// A page that breaks says so instead of staying empty, and is loaded anew: by a press, or by itself where nobody is there to
// press. A newer build on the server, whose pages come in other pieces, is the usual reason.
import { Component, type ReactNode, useEffect } from 'react'
import { useT } from '../i18n/translate.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

const AGAIN_MS = 30_000

export class PageGuard extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError() {
    return { isBroken: true }
  }

  override componentDidCatch(error: unknown) {
    console.error('the page broke', error)
  }

  override render() {
    return this.state.isBroken ? <Broken /> : this.props.children
  }
}

function Broken() {
  const t = useT()
  useEffect(() => {
    const timer = setTimeout(() => window.location.reload(), AGAIN_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <main>
      <Notice kind="fault">
        {t('page.broken')} <Button onClick={() => window.location.reload()}>{t('page.reload')}</Button>
      </Notice>
    </main>
  )
}
