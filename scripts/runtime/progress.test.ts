import { expect, test } from 'vitest'
import { showProgress } from './progress.ts'

function recorder(isTTY: boolean) {
  const written: string[] = []
  return { isTTY, write: (text: string) => written.push(text), text: () => written.join('') }
}

function clock(...instants: number[]) {
  let last = 0
  return () => {
    last = instants.shift() ?? last
    return last
  }
}

test('each step is numbered and timed, its notes below it', async () => {
  const out = recorder(false)
  const progress = showProgress(2, out, clock(0, 900, 1000, 1040))
  expect(await progress.step('PostgreSQL', async () => 'up')).toBe('up')
  await progress.step('Migrations', async (note) => note('0001_log.sql'))
  expect(out.text()).toBe('[1/2] PostgreSQL … 0.9 s\n[2/2] Migrations … 0.0 s\n      0001_log.sql\n')
})

test('a terminal shows a step while it runs', async () => {
  const out = recorder(true)
  await showProgress(1, out, clock(0, 100)).step('Dashboard', async () =>
    expect(out.text()).toBe('[1/1] Dashboard … '),
  )
  expect(out.text()).toBe('[1/1] Dashboard … \r[1/1] Dashboard … 0.1 s\n')
})

test('a step that fails says so and passes its error on', async () => {
  const out = recorder(false)
  const failing = showProgress(3, out).step('City', async () => {
    throw new Error('no pack')
  })
  await expect(failing).rejects.toThrow('no pack')
  expect(out.text()).toBe('[1/3] City … failed\n')
})
