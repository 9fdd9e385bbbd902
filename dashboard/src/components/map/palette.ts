// Colours of the map. Ground, water and roads stay quiet; only the lights and the shading of grids say something.

export interface Palette {
  ground: string
  /** Built-up land by use; anything else that is land. */
  land: Record<'old' | 'housing' | 'estate' | 'works' | 'public' | 'village' | 'paved' | 'track', string>
  fields: [string, string, string]
  fieldLine: string
  water: string
  shore: string
  /** Water in a storm, and the ground where it is reported, from little to much. */
  flood: string
  floodShore: string
  floodHeat: [string, string, string]
  green: string
  wood: string
  lawn: string
  contour: string
  building: string
  buildingPublic: string
  buildingLine: string
  site: string
  siteLine: string
  rail: string
  railGap: string
  bridge: string
  /** Ground between blocks and along roads. */
  street: string
  roadCase: string
  roadTrunk: string
  roadMajor: string
  road: string
  lane: string
  path: string
  border: string
  gridLine: string
  zoneLine: string
  /** Lies over what is outside the city. */
  veil: number
  label: string
  labelQuiet: string
  labelHalo: string
  waterLabel: string
  greenLabel: string
  place: string
  poi: string
  poiBack: string
  shade: string
  shadeOverdue: string
  cluster: string
  clusterLine: string
  clusterText: string
  lightGreen: string
  lightYellow: string
  lightRed: string
  lightNone: string
  edge: string
  /** Brightest that pictures of a tile service may be, 0 to 1. */
  rasterLight: number
}

export const DARK: Palette = {
  ground: '#0b1118',
  land: {
    old: '#1a2430',
    housing: '#17212b',
    estate: '#18232d',
    works: '#151e28',
    public: '#1e262f',
    village: '#151d26',
    paved: '#222d38',
    track: '#33291f',
  },
  fields: ['#0c1619', '#0e191a', '#101a17'],
  fieldLine: '#13211f',
  water: '#11293d',
  shore: '#1d3d57',
  flood: '#1d5c8f',
  floodShore: '#4f9fd6',
  floodHeat: ['rgba(43, 128, 190, 0.35)', 'rgba(64, 160, 224, 0.6)', 'rgba(140, 208, 250, 0.8)'],
  green: '#15291f',
  wood: '#11231b',
  lawn: '#1b3226',
  contour: '#1c3329',
  building: '#283644',
  buildingPublic: '#354658',
  buildingLine: '#384858',
  site: '#1d2023',
  siteLine: '#8a7a5c',
  rail: '#465563',
  railGap: '#131c25',
  bridge: '#63778a',
  street: '#131b24',
  roadCase: '#0e151d',
  roadTrunk: '#46525a',
  roadMajor: '#3d4f61',
  road: '#304050',
  lane: '#263544',
  path: '#2b3c3a',
  border: '#6c8194',
  gridLine: '#33475a',
  zoneLine: '#5f7f7a',
  veil: 0.42,
  label: '#93a6b7',
  labelQuiet: '#76899a',
  labelHalo: '#0b1219',
  waterLabel: '#6f95b5',
  greenLabel: '#6f9a86',
  place: '#c3d0db',
  poi: '#a3b4c3',
  poiBack: '#22303d',
  shade: '#3f7fc4',
  shadeOverdue: '#c4574c',
  cluster: '#1d2b38',
  clusterLine: '#8fa6ba',
  clusterText: '#eaf0f5',
  lightGreen: '#4cc38a',
  lightYellow: '#f5c84b',
  lightRed: '#ff7b6b',
  lightNone: '#9fb0bf',
  edge: '#0b1219',
  rasterLight: 0.38,
}

export const LIGHT: Palette = {
  ground: '#f4f2ee',
  land: {
    old: '#ebe4d9',
    housing: '#eeeae3',
    estate: '#f0ebe1',
    works: '#e8e6e6',
    public: '#efe6e4',
    village: '#eee9dd',
    paved: '#e9e5e2',
    track: '#e6cdb9',
  },
  fields: ['#f0f1e4', '#ebf0e1', '#eef0dc'],
  fieldLine: '#e1e5d2',
  water: '#b9d7ec',
  shore: '#93bddb',
  flood: '#7db8e2',
  floodShore: '#2f7fb8',
  floodHeat: ['rgba(110, 180, 228, 0.4)', 'rgba(56, 140, 204, 0.6)', 'rgba(24, 96, 160, 0.75)'],
  green: '#d5e7c9',
  wood: '#cbe0bf',
  lawn: '#dcecd0',
  contour: '#b3cba2',
  building: '#dcd6cb',
  buildingPublic: '#d6cbc5',
  buildingLine: '#c9c1b3',
  site: '#e9e0c9',
  siteLine: '#a98d4e',
  rail: '#9b9892',
  railGap: '#f4f2ee',
  bridge: '#a39a8a',
  street: '#f6f3ed',
  roadCase: '#d3ccbe',
  roadTrunk: '#f6d58f',
  roadMajor: '#fbeab4',
  road: '#ffffff',
  lane: '#fbfaf7',
  path: '#c9b79a',
  border: '#98a4ae',
  gridLine: '#cbd3d9',
  zoneLine: '#5f8f88',
  veil: 0.45,
  label: '#4d5a66',
  labelQuiet: '#6b7782',
  labelHalo: '#ffffff',
  waterLabel: '#3a6f99',
  greenLabel: '#4a7a55',
  place: '#2b3640',
  poi: '#ffffff',
  poiBack: '#7c8a96',
  shade: '#3f7fc4',
  shadeOverdue: '#c4574c',
  cluster: '#ffffff',
  clusterLine: '#52626f',
  clusterText: '#14202b',
  lightGreen: '#14734a',
  lightYellow: '#b07800',
  lightRed: '#b3261e',
  lightNone: '#6a7782',
  edge: '#ffffff',
  rasterLight: 1,
}
