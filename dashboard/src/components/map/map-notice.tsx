// Whose map it is, and its approval number 审图号, small in a corner: a published map of a city must say so.
import type { CityInfo } from '../../api/city.ts'
import styles from './map.module.css'

export function MapNotice({ info }: { info: CityInfo | undefined }) {
  const { attribution, approvalNo } = info?.mapNotice ?? {}
  const words = [attribution, approvalNo].filter((w) => w !== undefined)
  return words.length === 0 ? null : <p className={styles.notice}>{words.join(' · ')}</p>
}
