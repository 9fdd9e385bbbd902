// What a checked pack changes against the loaded one, and what of it open cases use.
import type { PackResult } from '../../api/administration.ts'
import { type Translate, useT, wordFor } from '../../i18n/translate.ts'
import { Notice } from '../../ui/notice.tsx'
import styles from './admin-page.module.css'
import { valueWords } from './policy-words.ts'

type Difference = NonNullable<PackResult['difference']>

const SHOWN = 6

function codesWords({ count, codes }: { count: number; codes: string[] }, t: Translate): string {
  if (count === 0) return ''
  const shown = { n: count, codes: codes.slice(0, SHOWN).join(t('sign.list')) }
  return count > SHOWN ? t('pack.codes.more', shown) : t('pack.codes', shown)
}

export function PackDifference({ difference: d }: { difference: Difference }) {
  const t = useT()
  const isSame = d.tables.length + d.values.length + d.policies.length === 0
  return (
    <>
      {isSame ? <p>{t('pack.same', { n: d.over })}</p> : <Tables difference={d} />}
      {d.gone.length > 0 && (
        <Notice kind="fault">
          {t('pack.gone')}
          {t('sign.colon')}
          <ul>
            {d.gone.map(({ file, code, cases }) => (
              <li key={`${file} ${code}`}>
                {t('pack.gone.one', { what: wordFor(t, 'pack.file', file), code, n: cases })}
              </li>
            ))}
          </ul>
          {t('pack.gone.what')}
        </Notice>
      )}
      {(d.values.length > 0 || d.policies.length > 0) && (
        <div>
          <h3 className={styles.subtitle}>{t('pack.policies')}</h3>
          <ul className={styles.list}>
            {d.values.map(({ path, from, to }) => (
              <li key={path}>
                {t('audit.change', {
                  name: t(`rule.${path}`),
                  from: valueWords(path, from, t),
                  to: valueWords(path, to, t),
                })}
              </li>
            ))}
            {d.policies.length > 0 && (
              <li>
                {t('pack.policies.parts', {
                  names: d.policies.map((p) => wordFor(t, 'rules.step', p)).join(t('sign.list')),
                })}
              </li>
            )}
          </ul>
        </div>
      )}
      {d.overruled.length > 0 && (
        <div>
          <h3 className={styles.subtitle}>{t('pack.overruled')}</h3>
          <ul className={styles.list}>
            {d.overruled.map(({ path, value, packValue }) => (
              <li key={path}>
                {t('pack.overruled.one', {
                  name: t(`rule.${path}`),
                  value: valueWords(path, value, t),
                  pack: valueWords(path, packValue, t),
                })}
              </li>
            ))}
          </ul>
        </div>
      )}
      {!d.accounts && <p className={styles.hint}>{t('pack.no-accounts')}</p>}
    </>
  )
}

function Tables({ difference: { tables, over } }: { difference: Difference }) {
  const t = useT()
  const title = t('pack.against', { n: over })
  return (
    <div className={styles.findings}>
      <h3 className={styles.subtitle}>{title}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by the keyboard too */}
      <section className={styles.scroll} tabIndex={0} aria-label={title}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th>{t('pack.table')}</th>
              <th>{t('pack.added')}</th>
              <th>{t('pack.changed')}</th>
              <th>{t('pack.removed')}</th>
            </tr>
          </thead>
          <tbody>
            {tables.map(({ file, added, changed, removed }) => (
              <tr key={file}>
                <td className={styles.nowrap}>
                  {wordFor(t, 'pack.file', file)} <span className={styles.hint}>{file}</span>
                </td>
                <td>{codesWords(added, t)}</td>
                <td>{codesWords(changed, t)}</td>
                <td>{codesWords(removed, t)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}
