import { expect, test } from 'vitest'
import { isOutdated, isThere } from './fresh-page.ts'

const OLD = '/assets/index-old.js'
const NEW = '/assets/index-new.js'
const version = { own: OLD, served: NEW, showing: false, tried: undefined }

test('a page of another build is outdated', () => {
  expect(isOutdated(version)).toBe(true)
  expect(isOutdated({ ...version, served: OLD })).toBe(false)
})

test('not while something is shown, nor once it was tried, nor before the server was heard, nor in development', () => {
  expect(isOutdated({ ...version, showing: true })).toBe(false)
  expect(isOutdated({ ...version, tried: NEW })).toBe(false)
  expect(isOutdated({ ...version, tried: '/assets/index-older.js' })).toBe(true)
  expect(isOutdated({ ...version, served: undefined })).toBe(false)
  expect(isOutdated({ ...version, own: undefined })).toBe(false)
})

const server = (answers: Record<string, Response | Error>) =>
  (async (path: string) => {
    const answer = answers[path]
    if (answer instanceof Error) throw answer
    return answer ?? new Response('', { status: 404 })
  }) as typeof fetch

test.each<[string, Record<string, Response | Error>, boolean]>([
  ['both', { '/wall': new Response(`<script src="${NEW}">`), [NEW]: new Response('') }, true],
  ['the old page still', { '/wall': new Response(`<script src="${OLD}">`), [NEW]: new Response('') }, false],
  ['the page without its entry', { '/wall': new Response(`<script src="${NEW}">`) }, false],
  ['a server that is starting', { '/wall': new Response('', { status: 503 }) }, false],
  ['no line', { '/wall': new TypeError('failed to fetch') }, false],
])('with %s at the server', async (_, answers, there) => {
  expect(await isThere(NEW, server(answers))).toBe(there)
})
