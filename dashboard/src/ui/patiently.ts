// Pieces of the program that are loaded when they are first shown. The server may be away at that moment, and before a wall
// nobody stands who could press anything: such a piece is asked for until it comes.

const AGAIN_MS = { first: 1_000, most: 30_000 }

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Asks again for as long as the piece does not come, less and less often. */
export async function patiently<T>(load: () => Promise<T>, pause = wait): Promise<T> {
  for (let ms = AGAIN_MS.first; ; ms = Math.min(ms * 2, AGAIN_MS.most)) {
    try {
      return await load()
    } catch (error) {
      console.debug('a piece of the program did not come; it is asked for again', error)
      await pause(ms)
    }
  }
}
