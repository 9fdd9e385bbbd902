// Who is not logged in, or no longer, logs in and comes back to the same address.
import { Redirect } from 'wouter'

export function ToLogin() {
  const here = window.location.pathname + window.location.search
  return <Redirect to={here === '/' ? '/login' : `/login?next=${encodeURIComponent(here)}`} replace />
}
