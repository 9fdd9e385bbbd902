// Proof that a report is one's own, for whoever reported without a login: given once with the answer to the report, kept by
// the device, shown again to rate what was done. Receipt numbers can be counted through; this cannot.
import { createHmac, timingSafeEqual } from 'node:crypto'

/** 128 bits are enough for what it opens. */
const BYTES = 16

const mac = (secret: string, caseId: string) =>
  createHmac('sha256', secret).update(`receipt\n${caseId}`).digest().subarray(0, BYTES)

/** Undefined where the system has no secret to make one from. */
export const receiptToken = (secret: string | undefined, caseId: string): string | undefined =>
  secret === undefined ? undefined : mac(secret, caseId).toString('base64url')

export function isReceiptToken(secret: string | undefined, caseId: string, given: string): boolean {
  if (secret === undefined) return false
  const bytes = Buffer.from(given, 'base64url')
  return bytes.length === BYTES && timingSafeEqual(bytes, mac(secret, caseId))
}
