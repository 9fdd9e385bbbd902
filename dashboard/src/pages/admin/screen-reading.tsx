// What a screen's size and distance mean for those who read it: the text's size, the floor, how many lines fit.
import type { ScreenForm } from '../../api/screens.ts'
import { useT } from '../../i18n/translate.ts'
import { digitSize, FLOOR_ARC, rootSize, textSize } from '../wall/screen/legibility.ts'
import { linesOf, USUAL_WIDTH_PX } from './screen-sizes.ts'
import styles from './screen-dialog.module.css'

/** With fewer only a list of what is urgent is left. */
const FEW_LINES = 10

export function ScreenReading({ form }: { form: ScreenForm }) {
  const t = useT()
  const { widthMm, heightMm, viewingDistanceM: distanceM } = form
  const widthPx = form.widthPx ?? USUAL_WIDTH_PX
  if (!(widthMm > 0 && distanceM > 0 && widthPx > 0)) return null
  const viewed = { widthPx, widthMm, distanceM }
  const text = rootSize(viewed)
  const lines = linesOf({ widthPx, widthMm, heightMm }, text)
  return (
    <div className={styles.reading} role="status">
      <p>
        <b>
          {t('screens.read', { text, digits: Math.max(text, digitSize(viewed)), distance: distanceM, lines })}
        </b>{' '}
        {form.widthPx === null && t('screens.read.at', { px: widthPx })}
      </p>
      <p>
        {lines < FEW_LINES
          ? t('screens.read.few')
          : t('screens.read.floor', { floor: Math.max(16, textSize(viewed, FLOOR_ARC)) })}
      </p>
    </div>
  )
}
