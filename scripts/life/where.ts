// Which kinds of place a category is met at, and how often. Set so that, with the demo city's zones, each unit's part of
// the cases stays what is stated of it, although what lies in a park or a lane goes to another unit than on a road.
import type { SpotKind } from './places.ts'

type Weights = Readonly<Partial<Record<SpotKind, number>>>

const SHOPS: Weights = { 'main-road': 58, road: 22, lane: 6, alley: 14 }
const LITTER: Weights = {
  'main-road': 56,
  road: 14,
  alley: 14,
  open: 7,
  lane: 4,
  estate: 3,
  park: 1.5,
  water: 0.8,
  site: 0.2,
}
const BACK: Weights = { alley: 44, open: 24, lane: 12, estate: 16, road: 10, 'main-road': 4 }
const ROADS: Weights = { 'main-road': 62, road: 26, alley: 8, lane: 4 }
const SITES: Weights = { site: 76, road: 10, alley: 14 }
const WATER: Weights = { water: 1 }

const BY_CATEGORY: Readonly<Record<string, Weights>> = {
  E0101: { alley: 50, open: 30, road: 8, lane: 8, estate: 12 },
  E0104: { 'main-road': 40, road: 24, alley: 24, lane: 12 },
  E0107: { 'main-road': 34, road: 20, alley: 28, lane: 10, estate: 8 },
  E0110: LITTER,
  E0111: { 'main-road': 30, road: 14, alley: 30, open: 16, lane: 5, estate: 5, site: 0.8, water: 0.6 },
  E0112: { 'main-road': 66, road: 20, alley: 10, lane: 2.2, estate: 0.8 },
  E0113: ROADS,
  E0114: { 'main-road': 70, road: 30 },
  E0117: { 'main-road': 26, road: 18, park: 30, alley: 10, open: 6, estate: 10 },
  E0118: { 'main-road': 36, road: 24, park: 24, alley: 6, estate: 10 },
  E0125: WATER,
  E0128: { 'main-road': 60, road: 24, alley: 14, lane: 6 },
  E0129: { 'main-road': 44, road: 34, alley: 20, lane: 6 },
  E0130: { 'main-road': 50, road: 24, alley: 18, lane: 4, site: 4, water: 2 },
  E0135: BACK,
  E0136: { alley: 36, road: 16, 'main-road': 14, open: 14, lane: 8, estate: 12, site: 0.4, water: 0.5 },
  E0180: { 'main-road': 30, road: 26, alley: 30, lane: 14 },
  E0182: WATER,
  E0192: { 'main-road': 58, road: 18, alley: 12, estate: 7, park: 2.5, lane: 1.2, open: 3 },
  E0196: { estate: 36, alley: 34, road: 14, lane: 6, open: 10 },
  E0201: { 'main-road': 26, road: 18, alley: 28, lane: 10, estate: 14, open: 6 },
  E0203: SHOPS,
  E0207: { 'main-road': 70, road: 26, alley: 4 },
  E0299: { 'main-road': 60, road: 24, alley: 10, site: 6 },
  E0301: { site: 62, alley: 22, road: 16 },
  E0302: { 'main-road': 58, road: 32, alley: 10 },
  E0304: SITES,
  E0306: SITES,
  E0307: { site: 86, road: 8, alley: 6 },
  E0312: { site: 40, road: 34, 'main-road': 26 },
  E0401: { 'main-road': 56, road: 26, alley: 12, lane: 6 },
  E0405: SHOPS,
  E0406: { 'main-road': 54, road: 28, alley: 10, lane: 8 },
  E0410: { 'main-road': 60, road: 20, alley: 12, lane: 4, estate: 4 },
  E0490: { 'main-road': 64, road: 28, alley: 8 },
  E0493: { 'main-road': 72, road: 26, alley: 2 },
  E0496: { estate: 50, alley: 30, road: 20 },
  E0498: { open: 1 },
  E0501: ROADS,
  E0502: { road: 40, alley: 40, 'main-road': 20 },
  E0503: { 'main-road': 34, road: 24, alley: 24, lane: 8, estate: 10 },
  E0505: ROADS,
  E0506: { 'main-road': 66, road: 30, alley: 4 },
  E0508: { 'main-road': 26, road: 26, alley: 34, lane: 14 },
  E0604: { 'main-road': 72, road: 24, lane: 4 },
  C0301: { 'main-road': 36, road: 30, alley: 30, park: 4 },
  C0305: { 'main-road': 64, road: 20, alley: 8, park: 4, estate: 4 },
  C0402: { 'main-road': 66, road: 26, alley: 6, park: 2 },
  C0507: WATER,
}

/** Facilities stand by roads. */
const OTHERWISE: Weights = ROADS

export const kindsFor = (category: string): Weights => BY_CATEGORY[category] ?? OTHERWISE

/** Categories that belong to one landmark of a class, where the town has it. */
export const AT_LANDMARK: Readonly<Record<string, string>> = { E0498: 'market' }

/**
 * How the reports of the demo city divide among its streets, by area code. Other cities: by the number of grids.
 */
export const STREET_SHARES: Readonly<Record<string, number>> = {
  '990181001': 200,
  '990181002': 155,
  '990181003': 95,
  '990181401': 55,
}
