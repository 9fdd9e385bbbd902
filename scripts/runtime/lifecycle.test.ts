// Each test runs a small service in a process of its own and ends it one way.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from './testing.ts'

const LIFECYCLE = new URL('./lifecycle.ts', import.meta.url).href

/** Starts a service whose boot is `body`; answers when it has printed `up`. */
async function service(body: string) {
  const file = join(await temporaryFolder(), 'service.ts')
  await writeFile(
    file,
    `import { runService } from ${JSON.stringify(LIFECYCLE)}
    const say = (line) => console.log(line)
    await runService(async (lifecycle) => {
      setInterval(() => {}, 1000)
      ${body}
    })`,
  )
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines: string[] = []
  const read = [child.stdout, child.stderr].map((stream) => {
    if (stream === null) throw new Error('no output')
    return once(
      createInterface(stream).on('line', (line) => lines.push(line)),
      'close',
    )
  })
  // Not the child's `close`: it does not come once its channel was disconnected from here.
  const ended = Promise.all([once(child, 'exit'), ...read]).then(([[code]]) => code as number)
  return { child, lines, ended }
}

async function up({ lines }: { lines: string[] }): Promise<void> {
  await expect.poll(() => lines, { timeout: 10_000 }).toContain('up')
}

const TWO_PARTS = `
  lifecycle.onStop('first', async () => say('first closed'))
  lifecycle.onStop('second', async () => say('second closed'))
  say('up')`

test.each([
  ['SIGINT', (child: ChildProcess) => child.kill('SIGINT')],
  ['SIGTERM', (child: ChildProcess) => child.kill('SIGTERM')],
  ['the death of its parent', (child: ChildProcess) => child.disconnect()],
])('%s closes the parts in reverse order and ends with 0', async (_, end) => {
  const running = await service(TWO_PARTS)
  await up(running)
  end(running.child)
  expect(await running.ended).toBe(0)
  expect(running.lines.filter((line) => line.endsWith('closed'))).toEqual(['second closed', 'first closed'])
})

test('one Ctrl-C that arrives three times is one', async () => {
  const running = await service(`
    lifecycle.onStop('slow', () => new Promise((done) => setTimeout(() => done(say('slow closed')), 300)))
    say('up')`)
  await up(running)
  for (let i = 0; i < 3; i++) running.child.kill('SIGINT')
  expect(await running.ended).toBe(0)
  expect(running.lines).toContain('slow closed')
})

test('a stop during the start closes what had been started and starts no more', async () => {
  const running = await service(`
    lifecycle.onStop('first', async () => say('first closed'))
    say('up')
    while (true) {
      await new Promise((done) => setTimeout(done, 10))
      lifecycle.check()
    }`)
  await up(running)
  running.child.kill('SIGTERM')
  expect(await running.ended).toBe(0)
  expect(running.lines).toContain('first closed')
})

test('an error of the start is shown without a stack, what was started is closed, the code is 1', async () => {
  const running = await service(`
    lifecycle.onStop('first', async () => say('first closed'))
    throw new Error('Port 80 is taken.')`)
  expect(await running.ended).toBe(1)
  expect(running.lines).toEqual(['', 'Port 80 is taken.', 'first closed'])
})

test('a bug in the background ends the service with 1, closed properly', async () => {
  const running = await service(`${TWO_PARTS}
    setTimeout(() => { throw new Error('unforeseen') }, 1)`)
  expect(await running.ended).toBe(1)
  expect(running.lines).toContain('first closed')
  expect(running.lines.join('\n')).toMatch(/A bug: Error: unforeseen/)
})

test('a part that does not close cleanly is named, the others are closed, the code is 1', async () => {
  const running = await service(`
    lifecycle.onStop('first', async () => say('first closed'))
    lifecycle.onStop('The worker', async () => { throw new Error('lost connection') })
    say('up')`)
  await up(running)
  running.child.kill('SIGINT')
  expect(await running.ended).toBe(1)
  expect(running.lines).toContain('The worker did not stop cleanly: lost connection')
  expect(running.lines).toContain('first closed')
})
