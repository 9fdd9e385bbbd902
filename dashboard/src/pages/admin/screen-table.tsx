// Screens, one a row: how large, how well read, what rotates on it, whether it is there.
import { useCity, useCityInfo } from '../../api/city.ts'
import type { ScreenRow } from '../../api/screens.ts'
import { formatMoment } from '../../i18n/format.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { rootSize } from '../wall/screen/legibility.ts'
import styles from './admin-page.module.css'
import { USUAL_WIDTH_PX } from './screen-sizes.ts'

export type ScreenQuestion = 'edit' | 'token' | 'revoke'

export function ScreenTable(props: {
  screens: ScreenRow[]
  onAsk: (kind: ScreenQuestion, screen: ScreenRow) => void
}) {
  const t = useT()
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>{t('screens.name')}</th>
            <th>{t('screens.size')}</th>
            <th>{t('screens.scope')}</th>
            <th>{t('screens.plan')}</th>
            <th>{t('screens.state')}</th>
            <th>{t('admin.accounts.do')}</th>
          </tr>
        </thead>
        <tbody>
          {props.screens.map((s) => (
            <Row key={s.id} screen={s} onAsk={(kind) => props.onAsk(kind, s)} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

const metres = (mm: number) => (mm / 1000).toFixed(2).replace(/\.?0+$/, '')

function Row({ screen: s, onAsk }: { screen: ScreenRow; onAsk: (kind: ScreenQuestion) => void }) {
  const t = useT()
  const language = useLanguage()
  const city = useCity()
  const zone = useCityInfo()?.timeZone ?? 'Asia/Shanghai'
  const moment = (iso: string) => formatMoment(Date.parse(iso), zone, language)
  const [kind, code] = (s.scope ?? 'city').split(':')
  const scope = kind === 'area' ? city?.area(code) : city?.department(code)
  const text = rootSize({
    widthPx: s.widthPx ?? USUAL_WIDTH_PX,
    widthMm: s.widthMm,
    distanceM: s.viewingDistanceM,
  })
  const seconds = s.plan.reduce((sum, step) => sum + step.seconds, 0)
  return (
    <tr className={s.revokedAt === undefined ? undefined : styles.off}>
      <td className={styles.nowrap}>{s.name}</td>
      <td>
        {t('screens.size.what', {
          width: metres(s.widthMm),
          distance: s.viewingDistanceM,
          ...s.tiles,
          text,
        })}
      </td>
      <td>{kind === 'city' ? t('screens.scope.city') : (scope ?? code)}</td>
      <td>
        {s.plan.length === 0
          ? t('screens.plan.none')
          : t('screens.plan.count', { n: s.plan.length, seconds })}
      </td>
      <td className={styles.nowrap}>
        {s.revokedAt !== undefined
          ? t('screens.revoked', { time: moment(s.revokedAt) })
          : s.online
            ? t('screens.online')
            : s.lastSeenAt === undefined
              ? t('screens.never')
              : t('screens.seen', { time: moment(s.lastSeenAt) })}
      </td>
      <td>
        {s.revokedAt === undefined && (
          <div className={styles.actions}>
            <Button className={styles.small} onClick={() => onAsk('edit')}>
              {t('screens.edit')}
            </Button>
            <Button className={styles.small} onClick={() => onAsk('token')}>
              {t('screens.token')}
            </Button>
            <Button className={styles.small} onClick={() => onAsk('revoke')}>
              {t('screens.revoke')}
            </Button>
            <a href={`/wall?as=${s.id}`} target="_blank" rel="noreferrer" className={styles.link}>
              {t('screens.look')}
            </a>
          </div>
        )}
      </td>
    </tr>
  )
}
