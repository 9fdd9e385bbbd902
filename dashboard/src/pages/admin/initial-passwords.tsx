// Initial passwords, shown once: a list to download and hand out.
import { useEffect, useState } from 'react'
import { csvText, harmless } from '#domain/csv.ts'
import type { AccountImport } from '../../api/administration.ts'
import { useT } from '../../i18n/translate.ts'
import { Notice } from '../../ui/notice.tsx'
import styles from './admin-page.module.css'

export function InitialPasswords({ passwords }: { passwords: NonNullable<AccountImport['passwords']> }) {
  const t = useT()
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    const header = [t('admin.accounts.username'), t('admin.accounts.name'), t('import.passwords.one')]
    const rows = passwords.map((p) => [p.username, p.name, p.password].map(harmless))
    const made = URL.createObjectURL(new Blob([csvText([header, ...rows])], { type: 'text/csv' }))
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [passwords, t])
  return (
    <>
      <Notice>{t('import.passwords', { n: passwords.length })}</Notice>
      <p>
        <a href={address} download="initial-passwords.csv">
          {t('import.passwords.download')}
        </a>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long table is scrolled by the keyboard too */}
      <section className={styles.scroll} tabIndex={0} aria-label={t('import.passwords.one')}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th>{t('admin.accounts.username')}</th>
              <th>{t('admin.accounts.name')}</th>
              <th>{t('import.passwords.one')}</th>
            </tr>
          </thead>
          <tbody>
            {passwords.map((p) => (
              <tr key={p.username}>
                <td>{p.username}</td>
                <td>{p.name}</td>
                <td>
                  <code>{p.password}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}
