// Secrets that must be used again (passwords, keys of gateways) at rest: AES-256-GCM by a key derived from SESSION_SECRET,
// bound to the row that they belong to. See docs/decisions/0008.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const VERSION = 1
const IV = 12
const TAG = 16

export interface Seal {
  /** @param of the row's id: sealed text does not open for another row. */
  close(of: string, secret: unknown): Buffer
  /** @returns undefined when it was sealed by another SESSION_SECRET, or damaged. */
  open<T>(of: string, sealed: Uint8Array): T | undefined
}

/** @param secret SESSION_SECRET. @param use keeps keys of different uses apart. */
export function openSeal(secret: string, use: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, 'huiyin', `sealed ${use} v${VERSION}`, 32))
  return {
    close(of, value) {
      const iv = randomBytes(IV)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      cipher.setAAD(Buffer.from(of))
      const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), text])
    },
    open(of, sealed) {
      const bytes = Buffer.from(sealed)
      if (bytes[0] !== VERSION || bytes.length < 1 + IV + TAG) return undefined
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + IV), { authTagLength: TAG })
      decipher.setAAD(Buffer.from(of))
      decipher.setAuthTag(bytes.subarray(1 + IV, 1 + IV + TAG))
      try {
        const text = Buffer.concat([decipher.update(bytes.subarray(1 + IV + TAG)), decipher.final()])
        return JSON.parse(text.toString('utf8'))
      } catch {
        // Whether the key or the text is another cannot be told apart, and need not.
        return undefined
      }
    },
  }
}

/** Of delivery channels. */
export const channelSeal = (secret: string | undefined): Seal | undefined =>
  secret === undefined ? undefined : openSeal(secret, 'delivery-channel')
