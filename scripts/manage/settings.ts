// huiyin.env: the settings of an installation, in the form that systemd reads. Written once; then it is the
// administrator's.
import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { parseEnv } from 'node:util'
import { type Config, parseConfig } from '#store/config.ts'
import { hostOf, ownAddresses } from '../runtime/tls/names.ts'

export interface FirstSettings {
  dataDir: string
  port: number
  tls: boolean
  demo: boolean
  /** Absent = this machine's first address. */
  publicUrl?: string | undefined
}

export function firstSettings({ dataDir, port, tls, demo, publicUrl }: FirstSettings): string {
  const scheme = tls ? 'https' : 'http'
  const host = ownAddresses()[0] ?? hostname()
  const address = host.includes(':') ? `[${host}]` : host
  const usual = port === (tls ? 443 : 80) ? '' : `:${port}`
  return [
    '# Settings of Huiyin; docs/operations.md has them all. After a change: systemctl restart huiyin',
    `DATA_DIR=${dataDir}`,
    'HOST=0.0.0.0',
    `PORT=${port}`,
    '# What people type into their browsers, and what links carry.',
    `PUBLIC_URL=${publicUrl ?? `${scheme}://${address}${usual}`}`,
    ...(tls ? ['TLS=own'] : []),
    `DEMO=${demo ? 1 : 0}`,
    '# Keep it secret, and a copy of it beside the backups.',
    `SESSION_SECRET=${randomBytes(32).toString('hex')}`,
    'LOG_LEVEL=warn',
    '',
  ].join('\n')
}

/** @throws with every fault of the file. */
export function parseSettings(text: string, file: string): { env: Record<string, string>; config: Config } {
  const env = parseEnv(text) as Record<string, string>
  const parsed = parseConfig(env)
  if (!parsed.ok) throw new Error([`${file} is wrong:`, ...parsed.faults].join('\n  '))
  return { env, config: parsed.config }
}

/** For people on the network. */
export const isForOthers = ({ publicUrl }: Config): boolean =>
  !['localhost', '127.0.0.1', '::1'].includes(hostOf(publicUrl) ?? '')
