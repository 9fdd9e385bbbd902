// The platforms that bundles are made for, in npm's words.
export const PLATFORMS = {
  'linux-x64': { os: 'linux', cpu: 'x64', libc: 'glibc' },
  'linux-arm64': { os: 'linux', cpu: 'arm64', libc: 'glibc' },
} as const
export type Platform = keyof typeof PLATFORMS

export const isPlatform = (text: string): text is Platform => Object.hasOwn(PLATFORMS, text)

/** This machine's, when bundles are made for it. */
export function ownPlatform(): Platform | undefined {
  const own = `${process.platform}-${process.arch}`
  return isPlatform(own) ? own : undefined
}
