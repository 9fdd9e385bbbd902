// Files that forms are filled with: pictures as phones make them, lists of accounts, an archive that is no city.
import { strToU8, zipSync } from 'fflate'
import sharp from 'sharp'
import type { Files } from './requests.ts'

export async function fuzzFiles(): Promise<Files> {
  const picture = () =>
    sharp({ create: { width: 64, height: 48, channels: 3, background: '#88aacc' } }).withExif({
      IFD0: { Make: 'x' },
      IFD2: { DateTimeOriginal: '2026:11:20 08:30:00', OffsetTimeOriginal: '+08:00' },
    })
  return {
    pictures: [
      await picture().jpeg().toBuffer(),
      await picture().png().toBuffer(),
      await picture().webp().toBuffer(),
    ],
    lists: [
      Buffer.from('username,name,posts\nfuzz-one,某,operator\n'),
      Buffer.from('账号,姓名,岗位\nfuzz-two,某,受理员\n'),
      Buffer.from(''),
    ],
    archives: [Buffer.from(zipSync({ 'city.json': strToU8('{}'), 'users.csv': strToU8('username\n') }))],
  }
}
