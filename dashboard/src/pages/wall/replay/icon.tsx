// Shapes of the replay's buttons: drawn, so that no font is needed for them.
const PATHS = {
  play: 'M7 4v16l13-8z',
  pause: 'M6 4h4v16H6zM14 4h4v16h-4z',
  minus: 'M5 11h14v2H5z',
  plus: 'M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z',
  back: 'M15.4 4.6 8 12l7.4 7.4 1.4-1.4L10.8 12l6-6z',
  on: 'M8.6 4.6 16 12l-7.4 7.4L7.2 18l6-6-6-6z',
} as const

export const Icon = ({ name }: { name: keyof typeof PATHS }) => (
  <svg viewBox="0 0 24 24" aria-hidden="true" width="1em" height="1em" fill="currentColor">
    <path d={PATHS[name]} />
  </svg>
)
