// The desk of a unit, for its officers and for those who do the work: what is to be signed for, in hand, asked for, waiting;
// the case beside the list. Section and case are the address.
import { useCity } from '../../api/city.ts'
import { UNREACHABLE, problemText } from '../../api/problem.ts'
import { PageShell } from '../../components/page-shell.tsx'
import { ToLogin } from '../../components/to-login.tsx'
import { useT } from '../../i18n/translate.ts'
import { type Person, usePerson } from '../../offline/person.ts'
import { Notice } from '../../ui/notice.tsx'
import { Desk } from './desk.tsx'
import { PhoneBar } from './phone-bar.tsx'
import { isHandlerOnly, meOf } from './unit.ts'

export function DepartmentPage() {
  const t = useT()
  const person = usePerson()
  const city = useCity()
  if (!person) return <p role="status">{t('state.loading')}</p>
  const isPhone = isKeptHere(person)
  if (person.sender.kind === 'nobody' && !isPhone) return <ToLogin />
  const user = person.sender.kind === 'account' || isPhone ? person.user : undefined
  const me = user && meOf(user)
  const title =
    me && city
      ? isHandlerOnly(user)
        ? t('dept.title.mine')
        : t('dept.title', { unit: city.department(me.department) ?? me.department })
      : '…'
  return (
    <PageShell title={user && !me ? t('nav.desk') : title} user={user} width="full">
      {isPhone && <PhoneBar person={person} />}
      {!user && <Notice kind="fault">{problemText(UNREACHABLE, t)}</Notice>}
      {user && !me && <Notice>{t('dept.no-unit')}</Notice>}
      {user && me && city && <Desk user={user} me={me} city={city} />}
    </PageShell>
  )
}

/** Who works outdoors goes on without a network, and after the login is over, with what this phone knows. */
const isKeptHere = ({ user }: Person) => user !== undefined && isHandlerOnly(user)
