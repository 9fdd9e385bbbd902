// Routes. Each page is its own piece of code; a page that this version does not have says so.
import { lazy, Suspense } from 'react'
import { Route, Switch } from 'wouter'
import { PageGuard } from './components/page-guard.tsx'
import { AbsentPage } from './pages/absent-page.tsx'
import { MissingPage } from './pages/missing-page.tsx'

const WallPage = lazy(() => import('./pages/wall/wall-page.tsx').then((m) => ({ default: m.WallPage })))
const ScreenGate = lazy(() =>
  import('./pages/wall/screen/screen-gate.tsx').then((m) => ({ default: m.ScreenGate })),
)
const ControlPage = lazy(() =>
  import('./pages/wall-control/control-page.tsx').then((m) => ({ default: m.ControlPage })),
)
const LoginPage = lazy(() => import('./pages/login-page.tsx').then((m) => ({ default: m.LoginPage })))
const HomePage = lazy(() => import('./pages/home-page.tsx').then((m) => ({ default: m.HomePage })))
const CheckPage = lazy(() => import('./pages/check/check-page.tsx').then((m) => ({ default: m.CheckPage })))
const DutyPage = lazy(() => import('./pages/duty/duty-page.tsx').then((m) => ({ default: m.DutyPage })))
const CasesPage = lazy(() => import('./pages/cases/cases-page.tsx').then((m) => ({ default: m.CasesPage })))
const PrintCasePage = lazy(() =>
  import('./pages/department/print-case-page.tsx').then((m) => ({ default: m.PrintCasePage })),
)
const DepartmentPage = lazy(() =>
  import('./pages/department/department-page.tsx').then((m) => ({ default: m.DepartmentPage })),
)
const CasePage = lazy(() => import('./pages/case/case-page.tsx').then((m) => ({ default: m.CasePage })))
const ReportPage = lazy(() =>
  import('./pages/report/report-page.tsx').then((m) => ({ default: m.ReportPage })),
)
const TrackPage = lazy(() => import('./pages/track/track-page.tsx').then((m) => ({ default: m.TrackPage })))

const AppealsPage = lazy(() =>
  import('./pages/appeals/appeals-page.tsx').then((m) => ({ default: m.AppealsPage })),
)
const AdminPage = lazy(() => import('./pages/admin/admin-page.tsx').then((m) => ({ default: m.AdminPage })))
const PasswordPage = lazy(() =>
  import('./pages/password-page.tsx').then((m) => ({ default: m.PasswordPage })),
)

/** Pages of the public contract that a later version brings. */
const LATER = ['/bulletins']

export function App() {
  return (
    <PageGuard>
      <Suspense>
        <Switch>
          <Route path="/">
            <HomePage />
          </Route>
          <Route path="/wall">
            <ScreenGate>
              <WallPage />
            </ScreenGate>
          </Route>
          <Route path="/wall-control">
            <ControlPage />
          </Route>
          <Route path="/login">
            <LoginPage />
          </Route>
          <Route path="/check">
            <CheckPage />
          </Route>
          <Route path="/duty/:view?">{({ view }) => <DutyPage view={view} />}</Route>
          <Route path="/department">
            <DepartmentPage />
          </Route>
          <Route path="/cases">
            <CasesPage />
          </Route>
          <Route path="/cases/:id/print">{({ id }) => <PrintCasePage key={id} id={id} />}</Route>
          <Route path="/cases/:id">{({ id }) => <CasePage key={id} id={id} />}</Route>
          <Route path="/report/:view?">{({ view }) => <ReportPage view={view} />}</Route>
          <Route path="/track/:receiptNo?">
            {({ receiptNo }) => <TrackPage key={receiptNo ?? ''} receiptNo={receiptNo} />}
          </Route>
          <Route path="/appeals">
            <AppealsPage />
          </Route>
          <Route path="/admin/:section?">{({ section }) => <AdminPage section={section} />}</Route>
          <Route path="/password">
            <PasswordPage />
          </Route>
          {LATER.map((path) => (
            <Route key={path} path={`${path}/*?`}>
              <AbsentPage />
            </Route>
          ))}
          <Route>
            <MissingPage />
          </Route>
        </Switch>
      </Suspense>
    </PageGuard>
  )
}
