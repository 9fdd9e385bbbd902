// `npm run build`: builds the dashboard if its sources have changed; for images and archives that start without building.
import { ensureDashboard } from './runtime/dashboard.ts'
import { answerHelp } from './runtime/settings.ts'

answerHelp(`
npm run build      builds the dashboard into dashboard/dist when it is stale; npm start does this by itself
`)

console.log((await ensureDashboard()) ? 'the dashboard is built' : 'the dashboard is up to date')
