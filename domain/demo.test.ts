import { expect, test } from 'vitest'
import { changed, SCENE_HOURS, settingsAt, USUAL_SETTINGS } from './demo.ts'

const NOW = Date.parse('2026-06-20T14:00:00+08:00')
const HOUR = 3_600_000

test('a storm lasts a day by the log’s clock and then ends by itself', () => {
  const storm = changed(USUAL_SETTINGS, { scene: 'storm' }, NOW)
  expect(storm).toMatchObject({ scene: 'storm', sceneSince: NOW, sceneUntil: NOW + 24 * HOUR })
  expect(settingsAt(storm, NOW + 24 * HOUR - 1)).toBe(storm)
  expect(settingsAt(storm, NOW + 24 * HOUR)).toEqual(USUAL_SETTINGS)
})

test('it can be ended at once, and nothing of it stays', () => {
  const storm = changed(USUAL_SETTINGS, { scene: 'storm' }, NOW)
  expect(changed(storm, { scene: 'ordinary' }, NOW + HOUR)).toEqual(USUAL_SETTINGS)
})

test('asking again for the scene that runs does not lengthen it; another one begins anew', () => {
  const storm = changed(USUAL_SETTINGS, { scene: 'storm' }, NOW)
  expect(changed(storm, { scene: 'storm' }, NOW + HOUR)).toEqual(storm)
  expect(changed(storm, { scene: 'storm' }, NOW + 25 * HOUR)).toMatchObject({ sceneSince: NOW + 25 * HOUR })
  const quiet = changed(storm, { scene: 'quiet' }, NOW + HOUR)
  expect(quiet.sceneUntil).toBe(NOW + HOUR + SCENE_HOURS.quiet * HOUR)
})

test('volume and the simulated people change without touching the scene', () => {
  const storm = changed(USUAL_SETTINGS, { scene: 'storm' }, NOW)
  expect(changed(storm, { multiple: 20, traffic: false }, NOW + HOUR)).toEqual({
    ...storm,
    multiple: 20,
    traffic: false,
  })
})
