export function wantedHash(root: string): string
export function holdsAll(root: string, dev: boolean): boolean
export function ensureInstalled(options: {
  root: string
  dev: boolean
}): Promise<{ ok: true } | { ok: false; lines: string[] }>
