// The ways to the wall's control from elsewhere: from a case, which it then offers to show, and from the desk.
import { Link } from 'wouter'
import type { Status } from '#domain/case.ts'
import { mayBeOnWall } from '#domain/wall-case.ts'
import type { Account } from '../../api/session.ts'
import { useT } from '../../i18n/translate.ts'
import styles from './to-wall.module.css'
import { drivesWall } from './drives-wall.ts'

export function CaseToWall(props: {
  user: Account | undefined
  c: { receiptNo: string; status: Status; category?: { code: string } | undefined }
}) {
  const t = useT()
  const { user, c } = props
  if (!user || !drivesWall(user.posts)) return null
  if (!mayBeOnWall({ category: c.category?.code, status: c.status })) return null
  return (
    <Link href={`/wall-control?case=${c.receiptNo}`} className={styles.button}>
      {t('control.to-wall')}
    </Link>
  )
}

export function DeskToWall({ user }: { user: Account | undefined }) {
  const t = useT()
  if (!user || !drivesWall(user.posts)) return null
  return (
    <Link href="/wall-control" className={styles.button}>
      {t('control.open')}
    </Link>
  )
}
