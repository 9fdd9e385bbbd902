// What a bundle says of itself in version.json, and how its release is called.
import { createHash } from 'node:crypto'

export interface BundleVersion {
  version: string
  platform: string
  node: string
  postgres: string
}

/** Two bundles of one version that differ get two names. @param sums the content of SHA256SUMS */
export const releaseName = (version: string, sums: string): string =>
  `${version}-${createHash('sha256').update(sums).digest('hex').slice(0, 8)}`
