// Who is on duty at the centre now, one press away for whoever stands in the street.
import { useResource } from '../../api/use-resource.ts'
import { useT } from '../../i18n/translate.ts'
import styles from './department.module.css'

interface ContactJson {
  post: string
  name: string
  phone: string
}

export function CallCentre() {
  const t = useT()
  const { value } = useResource<{ items: ContactJson[] }>('/centre/contacts')
  const [first] = value?.items ?? []
  if (!first) return null
  return (
    <a className={styles.call} href={`tel:${first.phone.replace(/[^\d+]/g, '')}`}>
      {t('dept.call')} <span>{`${first.name} ${first.phone}`}</span>
    </a>
  )
}
