/**
 * A desk in a process of its own, to be killed or cut off. Arguments: task, folder, seed, steps.
 * `live`: works until it is killed, saying each act on stdout. `record`: works `steps` acts, saying each into the file
 * ACKS of the folder, so that words and writes stand in one log. `mirror`: the same for a desk whose first mirror comes
 * in pages. `recover`: opens each folder named on stdin, as today's release or (`later`) as the next one, and works on.
 * `full`: see tests/crash/full-disk.ts.
 */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { basename, join } from 'node:path'
import { AppError } from '@shared/ipc/errors.ts'
import { closeDb } from '../../electron/core/db/open.ts'
import { getMeta } from '../../electron/core/db/meta.ts'
import { backUp, catchUp, oneAct, openDeskAt, sayAct, saySaved, saySettled } from './desk-at-work.ts'
import { workOnFullDisk } from './full-disk.ts'
import { beLater } from './next-schema.ts'
import type { DeskAtWork, Said } from './said.ts'

const [task, folder = '', seed = '', steps = '0'] = process.argv.slice(2)

if (task === 'live') {
  const say = (line: Said) => void writeSync(1, `${JSON.stringify(line)}\n`)
  const at = openDeskAt(folder, seed, { say })
  writeSync(1, '"ready"\n')
  for (;;) await oneAct(at, say)
}

if (task === 'record') {
  const { say, close } = acksOf(folder)
  let at = openDeskAt(folder, seed, { fresh: true, say })
  for (let i = 0; i < Number(steps); i++) {
    await oneAct(at, say)
    if (i % 50 === 25) backUp(at)
    // A working day ends, and another begins.
    if (i % 40 !== 39) continue
    closeDb(at.work.db)
    at = openDeskAt(folder, `${seed}/${i}`, { say })
  }
  close()
}

if (task === 'mirror') {
  const { say, close } = acksOf(folder)
  const at = openDeskAt(folder, seed, { fresh: true, many: true, say })
  while (getMeta(at.desk.db, 'mirror_complete') !== '1') {
    await saySettled(at, say)
    // People work before the last page has come.
    if (getMeta(at.desk.db, 'cursor') === null) continue
    sayAct(at, say)
    saySaved(at, say)
  }
  catchUp(at)
  for (let i = 0; i < Number(steps); i++) await oneAct(at, say)
  close()
}

if (task === 'recover') {
  for (const line of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
    const [how, many, one = ''] = line.split(' ')
    const { say, close } = acksOf(one)
    beLater(how === 'later')
    const at = openDeskAt(one, `${seed}/${basename(one)}`, { many: many === 'many', say })
    sayAct(at, say)
    for (let i = 0; i < Number(steps); i++) await tryOne(at, say)
    closeDb(at.work.db)
    close()
  }
}

if (task === 'full') await workOnFullDisk(folder, Number(seed), Number(steps))

/** On a mirror that has to come again a person is told that a report is not there. */
async function tryOne(at: DeskAtWork, say: (line: Said) => void): Promise<void> {
  try {
    await oneAct(at, say)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not_found') throw error
    say({ ok: 'refused' })
  }
}

function acksOf(desk: string) {
  const acks = openSync(join(desk, 'ACKS'), 'a')
  const say = (line: Said) => void writeSync(acks, `${JSON.stringify(line)}\n`)
  return { say, close: () => closeSync(acks) }
}
