// Installing, upgrading and going back on a small tree: what lies where, what is asked of the machine in which order, and
// that every failure leads back to a release that runs with its data. systemd and the commands are told, not run.
import { chmod, mkdir, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SUMS, sumsOf } from '../bundle/sums.ts'
import { temporaryFolder } from '../runtime/testing.ts'
import { parseArguments } from './arguments.ts'
import { install, setUp } from './install.ts'
import { currentRelease, placeOf, readState } from './place.ts'
import type { System } from './system.ts'
import { uninstall } from './uninstall.ts'
import { rollback, upgrade } from './upgrade.ts'

const PREFIX = '/opt/huiyin'
const DATA = '/srv/huiyin'
const BACKUPS = '/var/backups/huiyin'

async function bundle(root: string, version: string): Promise<string> {
  const dir = join(root, `bundle-${version}`)
  await mkdir(join(dir, 'app'), { recursive: true })
  await writeFile(join(dir, 'app', 'code.txt'), version)
  await writeFile(join(dir, 'huiyin'), '#!/bin/sh\n')
  await chmod(join(dir, 'huiyin'), 0o755)
  await writeFile(join(dir, 'version.json'), JSON.stringify({ version, platform: 'linux-x64' }))
  await writeFile(join(dir, SUMS), await sumsOf(dir))
  return dir
}

/** A machine that notes what is done to it; `data` is the content of its database. */
async function machine() {
  const root = await temporaryFolder()
  const place = placeOf(PREFIX, root)
  const cluster = join(root, DATA, 'postgres')
  const done: string[] = []
  const said: string[] = []
  const fails = { backup: false, restore: false, ready: new Set<string>(), city: false }
  let free = Number.POSITIVE_INFINITY
  let n = 0
  const system: System = {
    root,
    say: (line) => void said.push(line),
    makeUser: () => void done.push('user'),
    own: (path) => void done.push(`own ${path.slice(root.length)}`),
    systemctl: (...args) => void done.push(args.join(' ')),
    free: async () => free,
    becomesReady: async () => !fails.ready.has((await currentRelease(place))?.split('-')[0] ?? ''),
    async run({ release, script, args }) {
      const version = await readFile(join(release, 'app', 'code.txt'), 'utf8')
      done.push(`${script} by ${version}`)
      if (script === 'city') return fails.city ? 1 : 0
      if (script === 'backup') {
        if (fails.backup) return 1
        const dir = join(args[0] ?? '', `huiyin-20260101-00000${n++}`)
        await mkdir(dir)
        await writeFile(join(dir, 'manifest.json'), await readFile(join(cluster, 'rows'), 'utf8'))
      }
      if (script === 'restore') {
        if (fails.restore) return 1
        await mkdir(cluster)
        await writeFile(
          join(cluster, 'rows'),
          await readFile(join(args.at(-1) ?? '', 'manifest.json'), 'utf8'),
        )
      }
      return 0
    },
  }
  const options = {
    prefix: PREFIX,
    dataDir: DATA,
    backupDir: BACKUPS,
    port: 8443,
    tls: true,
    demo: false,
    publicUrl: 'https://city.example:8443',
  }
  return {
    root,
    place,
    system,
    done,
    said,
    fails,
    setFree: (bytes: number) => {
      free = bytes
    },
    install: async (version = '1.0.0', city?: string) =>
      install({ ...options, city, bundle: await bundle(root, version) }, system),
    upgrade: async (version: string) => upgrade(await bundle(root, version), PREFIX, system),
    write: async (rows: string) => {
      await mkdir(cluster, { recursive: true })
      await writeFile(join(cluster, 'rows'), rows)
    },
    rows: () => readFile(join(cluster, 'rows'), 'utf8'),
    code: async () =>
      readFile(
        join(place.releases, await readlink(place.current).then((l) => l.slice(9)), 'app/code.txt'),
        'utf8',
      ),
  }
}

describe('install', () => {
  test('from a bundle to a service that waits for its city', async () => {
    const m = await machine()
    await m.install()
    expect(m.done).toEqual([
      'user',
      `own ${DATA}`,
      `own ${BACKUPS}`,
      'daemon-reload',
      'enable huiyin.service huiyin-backup.timer',
    ])
    expect(await m.code()).toBe('1.0.0')
    expect(await readlink(m.place.command)).toBe(join(m.place.current, 'huiyin'))
    const unit = await readFile(join(m.place.unitDir, 'huiyin.service'), 'utf8')
    for (const line of [
      'User=huiyin',
      'ProtectSystem=strict',
      'NoNewPrivileges=yes',
      'PrivateTmp=yes',
      'WantedBy=multi-user.target',
    ])
      expect(unit.split('\n')).toContain(line)
    const env = await readFile(m.place.envFile, 'utf8')
    expect(env).toMatch(/^DEMO=0$/m)
    expect(env).toMatch(/^SESSION_SECRET=[0-9a-f]{64}$/m)
    expect(env).toMatch(/^TLS=own$/m)
    expect(m.said.at(-1)).toContain('huiyin setup DIR')
    await expect(m.install()).rejects.toThrow('./huiyin upgrade')
  })

  test('with a city it starts, and not when the city has faults', async () => {
    const m = await machine()
    m.fails.city = true
    await expect(m.install('1.0.0', '/city')).rejects.toThrow('not loaded')
    expect(m.done).not.toContain('restart huiyin.service huiyin-backup.timer')
    m.fails.city = false
    const state = await readState(m.place)
    await setUp('/city', { place: m.place, state: state ?? { dataDir: '', backupDir: '' }, system: m.system })
    expect(m.done.slice(-2)).toEqual(['city by 1.0.0', 'restart huiyin.service huiyin-backup.timer'])
  })

  test('refuses a damaged bundle before anything is done', async () => {
    const m = await machine()
    const dir = await bundle(m.root, '1.0.0')
    await writeFile(join(dir, 'app', 'code.txt'), 'other')
    await writeFile(join(dir, 'app', 'more.txt'), '')
    await rm(join(dir, 'huiyin'))
    const options = { prefix: PREFIX, dataDir: DATA, backupDir: BACKUPS, port: 1, tls: false, demo: false }
    const refused = install({ ...options, bundle: dir }, m.system)
    await expect(refused).rejects.toThrow(/app\/code.txt was changed/)
    await expect(refused).rejects.toThrow(/app\/more.txt is not in the list/)
    await expect(refused).rejects.toThrow(/huiyin is missing/)
    expect(m.done).toEqual([])
  })
})

describe('upgrade and one step back', () => {
  test('backup by the old code while it stands still, then the new one; back with the data of before', async () => {
    const m = await machine()
    await m.install()
    await m.write('before')
    m.done.length = 0
    await m.upgrade('1.1.0')
    expect(m.done).toEqual([
      'stop huiyin.service',
      'backup by 1.0.0',
      'daemon-reload',
      'start huiyin.service',
    ])
    expect(await m.code()).toBe('1.1.0')
    await m.write('after')

    await rollback(PREFIX, m.system)
    expect(await m.code()).toBe('1.0.0')
    expect(await m.rows()).toBe('before')
    expect(m.done.slice(-4)).toEqual([
      'stop huiyin.service',
      'restore by 1.0.0',
      'daemon-reload',
      'start huiyin.service',
    ])
    const aside = (await readdir(join(m.root, DATA))).find((name) => name.startsWith('postgres-of-1.1.0'))
    expect(await readFile(join(m.root, DATA, aside ?? '', 'rows'), 'utf8')).toBe('after')
    await expect(rollback(PREFIX, m.system)).rejects.toThrow('no step back')
  })

  test('a version that does not answer leads back by itself', async () => {
    const m = await machine()
    await m.install()
    await m.write('before')
    m.fails.ready.add('1.1.0')
    await expect(m.upgrade('1.1.0')).rejects.toThrow(/failed; 1\.0\.0-\w+ runs again/)
    expect(await m.code()).toBe('1.0.0')
    expect(await m.rows()).toBe('before')
    expect((await readState(m.place))?.before).toBeUndefined()
    await m.upgrade('1.2.0')
    expect(await m.code()).toBe('1.2.0')
  })

  test('without a backup, or room for one, nothing changes', async () => {
    const m = await machine()
    await m.install()
    await m.write('before')
    m.fails.backup = true
    await expect(m.upgrade('1.1.0')).rejects.toThrow(/no backup\. Nothing was changed/)
    expect(m.done.at(-1)).toBe('start huiyin.service')
    m.fails.backup = false
    m.setFree(3)
    m.done.length = 0
    await expect(m.upgrade('1.1.0')).rejects.toThrow('MB free')
    expect(m.done).toEqual([])
    expect(await m.code()).toBe('1.0.0')
  })

  test('a restore that fails says where everything is', async () => {
    const m = await machine()
    await m.install()
    await m.write('before')
    await m.upgrade('1.1.0')
    m.fails.restore = true
    await expect(rollback(PREFIX, m.system)).rejects.toThrow(/postgres-of-1\.1\.0/)
    expect((await readState(m.place))?.before?.release).toMatch(/^1\.0\.0/)
  })

  test('two releases are kept; the same one twice is refused', async () => {
    const m = await machine()
    await m.install()
    await m.write('rows')
    for (const version of ['1.1.0', '1.2.0']) await m.upgrade(version)
    expect((await readdir(m.place.releases)).map((name) => name.split('-')[0]).sort()).toEqual([
      '1.1.0',
      '1.2.0',
    ])
    await expect(m.upgrade('1.2.0')).rejects.toThrow('is the one in use')
  })
})

test('uninstall keeps data, backups and settings', async () => {
  const m = await machine()
  await m.install()
  await m.write('rows')
  await uninstall(PREFIX, m.system)
  expect(await m.rows()).toBe('rows')
  expect(await readFile(m.place.envFile, 'utf8')).toContain('SESSION_SECRET=')
  expect(await readdir(m.place.unitDir)).toEqual([])
  const secret = await readFile(m.place.envFile, 'utf8')
  await m.install('1.1.0')
  expect(await readFile(m.place.envFile, 'utf8')).toBe(secret)
})

describe('arguments', () => {
  const parse = (line: string) => parseArguments(line.split(' ').filter(Boolean), ['backup', 'start'])
  test.each([
    ['', 'help'],
    ['install --help', 'help'],
    ['install', 'install'],
    ['setup /city', 'setup'],
    ['rollback --yes', 'rollback'],
    ['backup /b --keep 3', 'run'],
  ])('%j', (line, action) => expect(parse(line)).toMatchObject({ action }))

  test('of an installation', () => {
    expect(
      parse(
        'install --port 443 --tls off --public-url https://city.example --city /c --data /d --backups /b',
      ),
    ).toEqual({
      action: 'install',
      prefix: PREFIX,
      dataDir: '/d',
      backupDir: '/b',
      port: 443,
      tls: false,
      publicUrl: 'https://city.example',
      demo: false,
      city: '/c',
    })
  })

  test.each([
    ['fly', 'Unknown: fly'],
    ['install --port 0', '--port is 1 to 65535'],
    ['install --tls maybe', '--tls is own or off'],
    ['install --yes', '--yes is not for install'],
    ['install --demo --city /c', 'leave --city out'],
    ['install --data ../x', '--data is a whole path'],
    ['install --data /a;b', '--data is a whole path'],
    ['install --data /opt/huiyin/data', 'outside the program'],
    ['install --backups /srv/huiyin/b', 'outside the data'],
    ['install --public-url city', '--public-url is no address'],
    ['setup', 'needs the folder'],
    ['upgrade now', 'Not understood: now'],
  ])('%j is refused', (line, words) => expect(parse(line)).toContain(words))
})
