import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { askForRecovery } from '../../electron/core/accounts/open-work.ts'
import { databasePath } from '../../electron/core/accounts/device-store.ts'
import { setAside } from '../../electron/core/accounts/set-aside.ts'
import { backupsOf } from '../../electron/core/db/backup.ts'
import { suspect } from '../../electron/core/db/open.ts'
import { START } from '../fakes/fake-host.ts'

/** What is left of a desk: its journal and copies with it, or its journal alone. */
export type Left = 'copies' | 'journal'

/**
 * A disk that loses more than a power cut may: the database from some place on, the whole file, or its newest copy too.
 * Without any copy left a person has already said to begin anew.
 */
export function damage(folder: string, random: () => number): Left {
  const path = databasePath(folder)
  const [newest, ...older] = backupsOf(path)
  const how = random()
  if (how < 0.3 || !existsSync(path))
    for (const suffix of ['', '-wal']) rmSync(`${path}${suffix}`, { force: true })
  else for (const file of [path, `${path}-wal`]) ruin(file, how)
  if (newest && random() < 0.7) {
    if (older.length > 0 && random() < 0.3) ruin(newest, 0)
    suspect(path)
    return 'copies'
  }
  for (const copy of backupsOf(path)) ruin(copy, 0)
  setAside(folder, START, false)
  askForRecovery(folder, 'hub')
  return 'journal'
}

function ruin(file: string, from: number): void {
  if (!existsSync(file)) return
  const bytes = readFileSync(file)
  bytes.fill(0x55, Math.floor(bytes.length * from))
  writeFileSync(file, bytes)
}
