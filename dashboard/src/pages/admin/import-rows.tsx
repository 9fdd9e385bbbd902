// What a list of accounts would do, row by row: refused ones first.
import type { ImportRow } from '../../api/administration.ts'
import { type Translate, useT } from '../../i18n/translate.ts'
import { LightShape } from '../../ui/light.tsx'
import styles from './admin-page.module.css'

const ORDER: readonly ImportRow['what'][] = ['refuse', 'create', 'change', 'same']
const LIGHTS = { refuse: 'red', create: 'green', change: 'yellow', same: 'none' } as const

function detailOf({ changes, password, refusal, what, posts }: ImportRow, t: Translate): string[] {
  if (refusal) return [t(`import.refusal.${refusal}`)]
  const inWords = (text: string) => (text === '' ? t('import.empty') : text)
  const postsOf = (text: string) =>
    text === ''
      ? inWords('')
      : text
          .split('、')
          .map((p) => t(`post.${p as ImportRow['posts'][number]}`))
          .join(t('sign.list'))
  return [
    ...(what === 'create' ? [posts.map((p) => t(`post.${p}`)).join(t('sign.list'))] : []),
    ...changes.map(({ field, from, to }) => {
      const say = field === 'posts' ? postsOf : inWords
      return t('audit.change', { name: t(`import.field.${field}`), from: say(from), to: say(to) })
    }),
    ...(password ? [t('import.password')] : []),
  ]
}

export function ImportRows({ rows }: { rows: readonly ImportRow[] }) {
  const t = useT()
  const of = (what: ImportRow['what']) => rows.filter((r) => r.what === what).length
  const sorted = rows.toSorted((a, b) => ORDER.indexOf(a.what) - ORDER.indexOf(b.what) || a.row - b.row)
  return (
    <>
      <p role="status">
        {t('import.count', {
          create: of('create'),
          change: of('change'),
          same: of('same'),
          refuse: of('refuse'),
        })}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long table is scrolled by the keyboard too */}
      <section className={styles.scroll} tabIndex={0} aria-label={t('admin.accounts.import')}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th>{t('import.row')}</th>
              <th>{t('admin.accounts.username')}</th>
              <th>{t('admin.accounts.name')}</th>
              <th>{t('import.will')}</th>
              <th>{t('audit.detail')}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((r) => (
              <tr key={r.row} className={r.what === 'same' ? styles.off : undefined}>
                <td>{r.row}</td>
                <td className={styles.nowrap}>{r.username}</td>
                <td className={styles.nowrap}>{r.name}</td>
                <td className={styles.nowrap}>
                  <span className={styles.lit}>
                    <LightShape light={LIGHTS[r.what]} /> {t(`import.what.${r.what}`)}
                  </span>
                </td>
                <td>
                  {detailOf(r, t).map((line) => (
                    <div key={line}>{line}</div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}
