// Commands and simulated people that speak with this installation over TLS trust its own authority, where it has one.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'

/** For every connection of this process from now on. */
export function trustAuthority(pem: string): void {
  setDefaultCACertificates([...getCACertificates('default'), pem])
}

/** Where this DATA_DIR has one. */
export function trustOwn(dataDir: string): void {
  try {
    trustAuthority(readFileSync(join(dataDir, 'tls', 'ca.crt'), 'utf8'))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // Another user's folder: then this command is not meant for that installation.
    if (code !== 'ENOENT' && code !== 'EACCES') throw error
  }
}
