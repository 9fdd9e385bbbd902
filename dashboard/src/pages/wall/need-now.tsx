// 要办: what needs somebody now. Urgent cases with their countdown, decisions by kind with the longest wait,
// and what is overdue or about to be; on a storm day the last turns into totals by unit.
import styles from './need-now.module.css'
import { DecisionsCard } from './decisions-card.tsx'
import { LateCard } from './late-card.tsx'
import { UrgentCard } from './urgent-card.tsx'

export function NeedNow() {
  return (
    <div className={styles.column}>
      <UrgentCard />
      <DecisionsCard />
      <LateCard />
    </div>
  )
}
