import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { testRedisProgram, testRedisUrl } from '#store/testing.ts'
import { startRedis } from './redis.ts'

test.runIf(testRedisProgram())(
  'a Redis of one’s own can be flushed without touching the shared one',
  async () => {
    const program = testRedisProgram()
    if (program === undefined) throw new Error('no Redis')
    const own = await startRedis(program)
    onTestFinished(() => own.stop())
    expect(own.url).not.toBe(testRedisUrl())
    const client = new Redis(own.url, { maxRetriesPerRequest: 1 })
    onTestFinished(() => client.disconnect())
    await client.set('key', '值')
    expect(await client.get('key')).toBe('值')
    expect(await client.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction'])
    await client.flushall()
    expect(await client.dbsize()).toBe(0)
  },
)
