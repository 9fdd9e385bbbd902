// Colours of the map. Ground, water and roads stay quiet; only the lights and the shading of grids say something.

export interface Palette {
  ground: string
  water: string
  green: string
  building: string
  rail: string
  roadCase: string
  road: string
  roadMajor: string
  border: string
  gridLine: string
  label: string
  labelHalo: string
  waterLabel: string
  place: string
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
}

export const DARK: Palette = {
  ground: '#0e161f',
  water: '#12283a',
  green: '#12221f',
  building: '#16212c',
  rail: '#2a3845',
  roadCase: '#0e161f',
  road: '#1f2d3a',
  roadMajor: '#2b3c4c',
  border: '#46596b',
  gridLine: '#243443',
  label: '#93a6b7',
  labelHalo: '#0b1219',
  waterLabel: '#6f95b5',
  place: '#c3d0db',
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
}

export const LIGHT: Palette = {
  ground: '#f4f2ee',
  water: '#bcd9ee',
  green: '#dcead2',
  building: '#e6e1d8',
  rail: '#b6b2aa',
  roadCase: '#dcd7cc',
  road: '#ffffff',
  roadMajor: '#fdf3cf',
  border: '#8c97a1',
  gridLine: '#d5d9dc',
  label: '#4d5a66',
  labelHalo: '#ffffff',
  waterLabel: '#3a6f99',
  place: '#2b3640',
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
}
