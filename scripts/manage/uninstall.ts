// Takes the program away; what people did with it stays.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { placeOf, readState, SERVICE, USER } from './place.ts'
import type { System } from './system.ts'
import { ENABLED } from './units.ts'

export async function uninstall(prefix: string, system: System): Promise<void> {
  const place = placeOf(prefix, system.root)
  const state = await readState(place)
  if (!state) throw new Error(`Huiyin is not installed in ${place.prefix}.`)
  system.systemctl('disable', '--now', ...ENABLED)
  for (const name of [...ENABLED, `${SERVICE}-backup.service`])
    await rm(join(place.unitDir, name), { force: true })
  system.systemctl('daemon-reload')
  await rm(place.command, { force: true })
  await rm(place.prefix, { recursive: true, force: true })
  system.say(
    [
      'Huiyin is gone from this machine. Kept, and taken up by the next installation:',
      `  ${state.dataDir}    the data`,
      `  ${state.backupDir}    the backups`,
      `  ${place.envFile}    the settings, with the secret`,
      `To be rid of these too: rm -r ${state.dataDir} ${state.backupDir} ${place.envFile}; userdel ${USER}`,
    ].join('\n'),
  )
}
