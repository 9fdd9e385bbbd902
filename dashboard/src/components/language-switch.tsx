// Chinese and English, one press apart.
import { getLanguage, setLanguage } from '../i18n/language.ts'
import { useT } from '../i18n/translate.ts'
import styles from './language-switch.module.css'

export function LanguageSwitch() {
  const t = useT()
  return (
    <button
      type="button"
      className={styles.switch}
      onClick={() => setLanguage(getLanguage() === 'en' ? 'zh-CN' : 'en')}
    >
      {t('lang.other')}
    </button>
  )
}
