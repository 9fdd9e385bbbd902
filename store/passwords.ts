// Passwords as argon2id hashes. An unknown user costs as much time as a wrong password.
import { hash, verify } from '@node-rs/argon2'

/** OWASP's floor for argon2id: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export const hashPassword = (password: string): Promise<string> => hash(password, COST)

let nobody: Promise<string> | undefined

/** `stored` undefined (no such user, or no password set yet) is always wrong, after the same work. */
export async function verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
  nobody ??= hashPassword('a password that nobody has')
  const isRight = await verify(stored ?? (await nobody), password)
  return isRight && stored !== undefined
}
