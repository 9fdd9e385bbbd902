// 「演示数据 · 业务量×8」: on every page while the city is a demonstration, with the scene and a clock that is not the
// world's. Undefined states show nothing rather than a guess.
import type { DemoState } from '../api/demo.ts'
import { useDemo } from '../api/demo.ts'
import { formatSpan } from '../i18n/format.ts'
import { useT, type Translate } from '../i18n/translate.ts'
import styles from './demo-mark.module.css'

/** Ahead of the world by less than this is not worth a word. */
const AHEAD_MS = 60_000

const isAhead = (state: DemoState) => state.aheadMs >= AHEAD_MS

/** Made up; and how much, and what is played. */
function dataWords(state: DemoState | undefined, t: Translate): string[] {
  if (!state?.hasTraffic) return [t('demo.mark')]
  const scene = state.scene === 'ordinary' ? [] : [t(`demo.scene.${state.scene}`)]
  const people = state.traffic ? t('demo.volume', { n: state.multiple }) : t('demo.people.paused')
  return [t('demo.mark'), people, ...scene]
}

/** Name and value of a clock that is not the world's; nothing otherwise. */
function clockWords(state: DemoState | undefined, t: Translate): string[] {
  if (!state) return []
  if (state.rate > 1) return [t('demo.clock'), `×${state.rate}`]
  return isAhead(state) ? [t('demo.clock.ahead'), formatSpan(state.aheadMs, t)] : []
}

function useMark() {
  const t = useT()
  const demo = useDemo()
  if (!demo?.isDemo) return undefined
  const { state } = demo
  return {
    data: dataWords(state, t),
    clock: clockWords(state, t),
    title: state && isAhead(state) ? t('demo.ahead', { span: formatSpan(state.aheadMs, t) }) : undefined,
  }
}

/** On one line; where it is too long it breaks between its words. */
export function DemoMark() {
  const mark = useMark()
  if (!mark) return null
  const words = [...mark.data, ...(mark.clock.length > 0 ? [mark.clock.join(' ')] : [])]
  return (
    <span className={styles.mark} title={mark.title}>
      {words.map((word, i) => (
        <span key={word} className={styles.word}>
          {i < words.length - 1 ? `${word} · ` : word}
        </span>
      ))}
    </span>
  )
}

/** For a wall, in two lines: beside its name what is made up, beside its clock that this is not the world's. */
export function WallMark({ part }: { part: 'data' | 'clock' }) {
  const [first, ...rest] = useMark()?.[part] ?? []
  if (first === undefined) return null
  return (
    <span className={`${styles.mark} ${styles.wall}`}>
      <span>{first}</span>
      {rest.length > 0 && <span>{rest.join(' · ')}</span>}
    </span>
  )
}
