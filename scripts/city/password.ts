// A password asked for on a terminal, shown nowhere, or read from a pipe for scripts.
import { randomInt } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Language } from './report.ts'

/** As the pages ask of a new password. */
const SHORTEST = 8
const LONGEST = 200

/** Why a password will not do; undefined when it will. */
export function passwordFault(username: string, password: string, language: Language): string | undefined {
  const isChinese = language === 'zh'
  if (password.length < SHORTEST)
    return isChinese ? `密码至少${SHORTEST}个字符` : `a password has at least ${SHORTEST} characters`
  if (password.length > LONGEST)
    return isChinese ? `密码至多${LONGEST}个字符` : `a password has at most ${LONGEST} characters`
  if (password.toLowerCase() === username.toLowerCase())
    return isChinese ? '密码不能与用户名相同' : 'the password must not be the user name'
  return undefined
}

/** Without letters and digits that are taken for one another. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** About 90 bits, in groups for whoever copies it from a screen by hand. */
export const randomPassword = (): string =>
  Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
  ).join('-')

/** The first line of a pipe, without its line end. */
export async function lineOf(input: Readable): Promise<string> {
  let text = ''
  for await (const chunk of input) {
    text += String(chunk)
    if (text.includes('\n')) break
  }
  return text.split(/\r?\n/, 1)[0] ?? ''
}

export interface Terminal {
  input: NodeJS.ReadStream
  output: NodeJS.WriteStream
}

const ENTER = ['\r', '\n']
const CANCEL = ['\u0003', '\u0004']
const BACKSPACE = ['\u007f', '\b']

/** What is typed until Enter, without an echo. Undefined when it was broken off with Ctrl-C or Ctrl-D. */
export function askUnseen({ input, output }: Terminal, question: string): Promise<string | undefined> {
  output.write(question)
  input.setRawMode(true)
  input.setEncoding('utf8')
  return new Promise((resolve) => {
    let typed = ''
    const end = (answer: string | undefined) => {
      input.off('data', take)
      input.setRawMode(false)
      input.pause()
      output.write('\n')
      resolve(answer)
    }
    // A paste arrives as one piece.
    const take = (piece: string) => {
      for (const c of piece) {
        if (ENTER.includes(c)) return end(typed)
        if (CANCEL.includes(c)) return end(undefined)
        typed = BACKSPACE.includes(c) ? [...typed].slice(0, -1).join('') : typed + c
      }
    }
    input.on('data', take)
    input.resume()
  })
}
