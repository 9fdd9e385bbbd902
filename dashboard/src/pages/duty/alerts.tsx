// Sound and a desktop notice for urgent cases that come in, for those who want them: the browser asks before it shows any.
import { useEffect, useRef, useState } from 'react'
import type { BoardCase } from '#domain/board.ts'
import { useT } from '../../i18n/translate.ts'
import styles from './duty-page.module.css'

const KEPT = 'huiyin.desk.alerts'

/** Two short tones, made here: no file, nothing fetched. */
function chime(audio: AudioContext): void {
  for (const [i, hertz] of [880, 1175].entries()) {
    const at = audio.currentTime + i * 0.22
    const tone = audio.createOscillator()
    const volume = audio.createGain()
    tone.frequency.value = hertz
    volume.gain.setValueAtTime(0.0001, at)
    volume.gain.exponentialRampToValueAtTime(0.25, at + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.2)
    tone.connect(volume).connect(audio.destination)
    tone.start(at)
    tone.stop(at + 0.22)
  }
}

export function Alerts({
  urgent,
  nameOf,
}: {
  urgent: readonly BoardCase[]
  nameOf: (c: BoardCase) => string
}) {
  const t = useT()
  const [isOn, setOn] = useState(() => localStorage.getItem(KEPT) === '1')
  const audio = useRef<AudioContext>(undefined)
  const known = useRef<Set<string>>(undefined)
  const [told, setTold] = useState('')

  useEffect(() => {
    const fresh = known.current ? urgent.filter((c) => !known.current?.has(c.id)) : []
    known.current = new Set(urgent.map((c) => c.id))
    const [first] = fresh
    if (!first) return
    setTold(t('centre.alert', { what: nameOf(first) }))
    if (!isOn) return
    audio.current ??= new AudioContext()
    // Before the first press on the page a browser plays nothing: the words are there all the same.
    if (audio.current.state === 'running') chime(audio.current)
    else void audio.current.resume().then(() => audio.current && chime(audio.current))
    if ('Notification' in window && Notification.permission === 'granted')
      new Notification(t('centre.alert.title'), { body: nameOf(first), tag: first.id })
  }, [urgent, isOn, nameOf, t])

  const change = async () => {
    const next = !isOn
    setOn(next)
    localStorage.setItem(KEPT, next ? '1' : '0')
    if (!next) return
    audio.current ??= new AudioContext()
    await audio.current.resume()
    chime(audio.current)
    if ('Notification' in window && Notification.permission === 'default')
      await Notification.requestPermission()
  }
  return (
    <>
      <button type="button" className={styles.tool} aria-pressed={isOn} onClick={() => void change()}>
        {t(isOn ? 'centre.alerts.on' : 'centre.alerts.off')}
      </button>
      <span className="visually-hidden" role="alert">
        {told}
      </span>
    </>
  )
}
