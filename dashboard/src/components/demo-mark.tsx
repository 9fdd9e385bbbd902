// 「演示数据」: on every page while the city is a demonstration.
import { useT } from '../i18n/translate.ts'
import styles from './demo-mark.module.css'

export function DemoMark() {
  const t = useT()
  return <span className={styles.mark}>{t('demo.mark')}</span>
}
