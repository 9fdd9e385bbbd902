// The sections of a unit's desk with how many cases each holds, and the worst light among them.
import { Link } from 'wouter'
import type { Light } from '#domain/case.ts'
import { useT } from '../../i18n/translate.ts'
import { LightShape } from '../../ui/light.tsx'
import styles from './department.module.css'
import { SECTIONS, type Entry, type Section } from './sections.ts'

const isDueSoon = ({ c }: Entry) =>
  (c.status === 'dispatched' || c.status === 'handling') && c.light === 'yellow'

const worst = (entries: readonly Entry[]): Light =>
  entries.some((e) => e.c.overdue) ? 'red' : entries.some(isDueSoon) ? 'yellow' : 'none'

export function SectionNav(props: {
  entries: readonly Entry[]
  section: Section
  hrefOf: (section: Section) => string
  onLeave: () => void
}) {
  const t = useT()
  const { entries, section, hrefOf, onLeave } = props
  return (
    <nav className={styles.nav} aria-label={t('dept.sections')}>
      {SECTIONS.map((s) => {
        const own = entries.filter((e) => e.sections.includes(s))
        const light = worst(own)
        return (
          <Link
            key={s}
            href={hrefOf(s)}
            className={styles.section}
            aria-current={s === section ? 'page' : undefined}
            data-empty={own.length === 0 ? '' : undefined}
            data-section={s}
            onClick={onLeave}
          >
            <span>{t(`dept.section.${s}`)}</span>
            <span className={styles.n}>
              {light !== 'none' && <LightShape light={light} label={t(`light.${light}`)} />} {own.length}
            </span>
          </Link>
        )
      })}
    </nav>
  )
}
