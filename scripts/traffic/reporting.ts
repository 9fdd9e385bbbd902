// Simulated grid members, supervisors, operators and residents: see something, photograph it, report it.
import { dice } from '../life/chance.ts'
import { isSecond } from '../life/fate.ts'
import { type Incident, incident, secondReport } from '../life/incident.ts'
import { groupAt } from '../life/mix.ts'
import { photo } from '../life/photo.ts'
import { SELF_HANDLED } from '../life/rates.ts'
import { reportsAnHour, type Setting } from '../life/volume.ts'
import type { City } from './city.ts'
import { Client } from './client.ts'
import type { Staff } from './staff.ts'

/** Case ids of what was reported lately, so that some of it is reported twice. */
export interface Recent {
  incident: Incident
  caseId: string
}

export interface Reporter {
  /** Sends one report, and now and then something fixed on the spot beside it. */
  report(seed: string, at: number, setting: Setting): Promise<void>
  /** The case that this one repeats, where this process knows. */
  repeats(caseId: string): string | undefined
}

/** A place looks the same before and after, whoever takes the picture. */
export const placeSeed = ({ lng, lat }: { lng: number; lat: number }) => `${lng.toFixed(5)},${lat.toFixed(5)}`

const RECENT_MOST = 60
/** Of the reports; what is fixed on the spot has one before and one after. */
const PHOTOGRAPHED = 0.93

export function openReporter(baseUrl: string, city: City, staff: Staff): Reporter {
  const anybody = new Client(baseUrl)
  const recent: Recent[] = []
  const repeated = new Map<string, string>()

  async function by(made: Incident, path: readonly string[]): Promise<Client> {
    const found =
      made.by === 'anonymous'
        ? anybody
        : made.by === 'operator'
          ? await staff.post('operator', made.seed)
          : made.by === 'supervisor'
            ? await staff.post('supervisor', made.seed)
            : await staff.gridMember(path, made.seed)
    return found ?? (await staff.gridMember(path, made.seed)) ?? anybody
  }

  async function send(made: Incident): Promise<string> {
    const { seed, category, position, at } = made
    const client = await by(made, [made.grid])
    const { timeZone } = city.town
    const take = async (when: 'before' | 'after') =>
      client.upload(
        await photo({ category, seed: placeSeed(position), when, at, timeZone, position }),
        `${when}.jpg`,
      )
    const fixed = made.selfHandled
    const has = fixed !== undefined || dice(seed, 'photographed') < PHOTOGRAPHED
    const photos = has ? [await take('before')] : []
    const { id } = await client.post<{ id: string }>(
      '/cases',
      {
        description: made.description,
        address: made.address,
        location: { ...position, crs: 'wgs84', accuracyM: made.accuracyM },
        categoryCode: category,
        source: made.source,
        photos,
        ...(made.component === undefined ? {} : { component: made.component }),
        ...(made.sourceDetail === undefined ? {} : { sourceDetail: made.sourceDetail }),
        ...(made.reporter === undefined ? {} : { reporter: made.reporter }),
        ...(fixed === undefined
          ? {}
          : { selfHandle: { result: fixed, photos: [...photos, await take('after')] } }),
      },
      { 'idempotency-key': `demo-${seed}` },
    )
    return id
  }

  return {
    async report(seed, at, setting) {
      const group = groupAt(
        {
          grid: reportsAnHour(at, city.town, setting, 'grid'),
          public: reportsAnHour(at, city.town, setting, 'public'),
          other: reportsAnHour(at, city.town, setting, 'other'),
        },
        seed,
      )
      const first = isSecond(seed) ? recent[Math.floor(dice(seed, 'of') * recent.length)] : undefined
      const made = first
        ? secondReport(city.town, first.incident, { seed, at, group })
        : incident(city.town, { seed, at, group, scene: setting.scene })
      const caseId = await send(made)
      if (first) repeated.set(caseId, first.caseId)
      else recent.push({ incident: made, caseId })
      if (recent.length > RECENT_MOST) recent.shift()
      if (group === 'grid' && dice(seed, 'on the spot') < SELF_HANDLED)
        await send(
          incident(city.town, { seed: `${seed}-spot`, at, group, scene: setting.scene, onTheSpot: true }),
        )
    },
    repeats: (caseId) => repeated.get(caseId),
  }
}
