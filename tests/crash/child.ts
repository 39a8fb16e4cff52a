/**
 * A desk in a process of its own, to be killed or cut off. Arguments: task, folder, seed, steps.
 * `live`: works until it is killed, saying each act on stdout. `record`: works `steps` acts, saying each into the file
 * ACKS of the folder, so that words and writes stand in one log. `recover`: opens each folder named on stdin. `full`:
 * see tests/crash/full-disk.ts.
 */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { closeDb } from '../../electron/core/db/open.ts'
import { oneAct, openDeskAt, sayAct, type Said } from './desk-at-work.ts'
import { workOnFullDisk } from './full-disk.ts'

const [task, folder = '', seed = '', steps = '0'] = process.argv.slice(2)

if (task === 'live') {
  const at = openDeskAt(folder, seed)
  const say = (line: Said) => void writeSync(1, `${JSON.stringify(line)}\n`)
  writeSync(1, '"ready"\n')
  for (;;) await oneAct(at, say)
}

if (task === 'record') {
  const acks = openSync(join(folder, 'ACKS'), 'a')
  const say = (line: Said) => void writeSync(acks, `${JSON.stringify(line)}\n`)
  let at = openDeskAt(folder, seed, true)
  for (let i = 0; i < Number(steps); i++) {
    await oneAct(at, say)
    // A working day ends, and another begins.
    if (i % 40 !== 39) continue
    closeDb(at.work.db)
    at = openDeskAt(folder, `${seed}/${i}`)
  }
  closeSync(acks)
}

if (task === 'recover') {
  for (const one of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
    const acks = openSync(join(one, 'ACKS'), 'a')
    const say = (line: Said) => void writeSync(acks, `${JSON.stringify(line)}\n`)
    const at = openDeskAt(one, `${seed}/${one}`)
    sayAct(at, say)
    closeDb(at.work.db)
    closeSync(acks)
  }
}

if (task === 'full') await workOnFullDisk(folder, Number(seed), Number(steps))
