// What a screen's own session may ask for: the board and what it takes to draw it, nothing of a case's words, persons or
// photos but what routes/wall.ts says may hang on a wall. A route that is not named here is refused to it.

/** As `METHOD /path` below the base path, with the parameters as the route names them. */
export const SCREEN_ROUTES: ReadonlySet<string> = new Set([
  'GET /board',
  'GET /board/cases',
  'GET /board/days',
  'GET /board/replay',
  'GET /board/replay/frames',
  'GET /city',
  'GET /map',
  'GET /areas',
  'GET /zones',
  'GET /categories',
  'GET /departments',
  'GET /periods',
  'GET /cells',
  'GET /cameras',
  'GET /streams/generated/:code/index.m3u8',
  'GET /streams/generated/:code/init.mp4',
  'GET /streams/generated/:code/:n.m4s',
  'GET /wall/cases/:id',
  'GET /wall/cases/:id/photos/:photo',
  'GET /screens/session',
  'POST /screens/session',
  'GET /auth/me',
  // Somebody takes the machine back for a person.
  'POST /auth/login',
  'POST /auth/logout',
])

const BASE = '/api/v1'

/** @param route the route's own pattern, e.g. `/api/v1/cases/:id`; undefined where nothing is at the address */
export function isScreenRoute(method: string, route: string | undefined): boolean {
  if (route === undefined) return true
  if (!route.startsWith(`${BASE}/`)) return false
  return SCREEN_ROUTES.has(`${method === 'HEAD' ? 'GET' : method} ${route.slice(BASE.length)}`)
}
