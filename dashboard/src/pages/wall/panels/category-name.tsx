// What a case is about, on one line beside its clock: a long name is written smaller before it would be cut.
import type { BoardCase } from '#domain/board.ts'
import { useT } from '../../../i18n/translate.ts'
import { useWall } from '../context.ts'
import styles from './category-name.module.css'

/** Characters that stand at full size beside a clock. */
const FULL_SIZE = 7

export function CategoryName({ of: c, className = '' }: { of: BoardCase; className?: string | undefined }) {
  const t = useT()
  const { city } = useWall()
  const name = city.category(c.category) ?? t('category.none')
  return <span className={name.length > FULL_SIZE ? `${className} ${styles.long}` : className}>{name}</span>
}
