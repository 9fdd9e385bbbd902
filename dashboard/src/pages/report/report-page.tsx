// Report from a phone 上报: a photo, a place, a category, sent in four taps, also without a network. Beside it one's own
// reports and what became of them.
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Source } from '#domain/case.ts'
import type { Account } from '../../api/session.ts'
import { PhoneFrame } from '../../components/phone/phone-frame.tsx'
import { useT } from '../../i18n/translate.ts'
import { type Person, usePerson } from '../../offline/person.ts'
import { forgetItem } from '../../offline/queue.ts'
import { allWaiting, keepDraft } from '../../offline/store.ts'
import { draftOfBody } from './draft.ts'
import { MyReports } from './my-reports.tsx'
import { DRAFT_KEY, ReportForm } from './report-form.tsx'

/** Grid members report as such, the centre for who called, a unit what it has seen; everybody else as a resident. */
function sourceOf(user: Account | undefined): Source {
  const is = (...posts: Account['posts']) => user?.posts.some((p) => posts.includes(p)) === true
  if (is('grid-member', 'supervisor')) return 'grid'
  if (is('operator', 'duty-manager', 'dispatcher', 'head')) return 'hotline'
  return is('department-officer', 'handler') ? 'department' : 'citizen'
}

export function ReportPage({ view }: { view: string | undefined }) {
  const t = useT()
  const person = usePerson()
  if (!person) return <p role="status">{t('state.loading')}</p>
  return view === 'mine' ? <Mine person={person} /> : <Report person={person} />
}

/** What was not accepted comes back into the form, with its photos. */
function useEdit(onDone: () => void) {
  return async (id: string) => {
    const item = (await allWaiting()).find((i) => i.id === id)
    if (!item) return
    await keepDraft(DRAFT_KEY, draftOfBody(item.body))
    await forgetItem(item)
    onDone()
  }
}

function Mine({ person }: { person: Person }) {
  const t = useT()
  const [, navigate] = useLocation()
  const edit = useEdit(() => navigate('/report'))
  return (
    <PhoneFrame page="/report" title={t('phone.mine')} person={person} onEdit={(id) => void edit(id)}>
      <MyReports user={person.user} />
    </PhoneFrame>
  )
}

function Report({ person }: { person: Person }) {
  const [round, setRound] = useState(0)
  const again = () => setRound((n) => n + 1)
  const edit = useEdit(again)
  return (
    <ReportForm
      key={round}
      person={person}
      source={sourceOf(person.user)}
      maySelfHandle={person.user?.posts.includes('grid-member') === true}
      onAgain={again}
      onEdit={(id) => void edit(id)}
    />
  )
}
