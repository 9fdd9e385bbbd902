// Two short notes for a new urgent case, on screens whose record says so. Which cases are new is pure; the notes are made
// by the browser itself, so that there is no file to load.

/** Whether somebody must hear of it: an urgent case that was not among those before. The first look is never news. */
export const hasNew = (before: ReadonlySet<string> | undefined, now: Iterable<string>): boolean =>
  before !== undefined && [...now].some((id) => !before.has(id))

/** Hz, and seconds from the beginning. */
const NOTES = [
  [659, 0],
  [880, 0.22],
] as const
const NOTE_S = 0.2
const LOUDNESS = 0.25

/** Plays both notes; nothing while the browser holds sound back. */
export function playTone(context: AudioContext): void {
  if (context.state !== 'running') return
  for (const [frequency, after] of NOTES) {
    const at = context.currentTime + after
    const note = context.createOscillator()
    const gain = context.createGain()
    note.frequency.value = frequency
    gain.gain.setValueAtTime(0, at)
    gain.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02)
    gain.gain.setTargetAtTime(0, at + NOTE_S / 2, NOTE_S / 5)
    note.connect(gain).connect(context.destination)
    note.start(at)
    note.stop(at + NOTE_S * 2)
  }
}
