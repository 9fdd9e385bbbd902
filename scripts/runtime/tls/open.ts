// The TLS that the settings ask for, if any.
import type { Tls } from '#api/trust/tls.ts'
import type { Config } from '#store/config.ts'
import { openFilesTls } from './files.ts'
import { certificateNames } from './names.ts'
import { openOwnTls } from './own.ts'

export async function openTls(
  { tls, dataDir, publicUrl, host }: Config,
  note: (line: string) => void,
): Promise<Tls | undefined> {
  if (!tls) return undefined
  return tls.kind === 'files'
    ? openFilesTls({ cert: tls.cert, key: tls.key, note })
    : openOwnTls({ dataDir, names: () => certificateNames(publicUrl, host), note })
}
