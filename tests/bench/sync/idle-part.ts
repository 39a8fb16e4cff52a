import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { IDLE_POLL_MS } from '../../../electron/core/sync/sync-machine.ts'
import { printTable } from '../stats.ts'
import { OURS } from './line-up.ts'
import { serve, setMode, startClient, type Mirrored } from './measure.ts'

const REPORTS = 2000
/** Long enough for several signs of life of a held wake-up. */
const WATCHED_MS = 130_000
/** In which the next wake-up has surely been asked for. */
const SOON_MS = 1000
const DAY_MS = 8 * 3_600_000

/** Bytes of an office day without news, both ways, HTTP heads included, TLS not. */
export interface IdleDay {
  bytes: number
}

/** Counts what an idle desk sends and gets, and reckons it up to a day. */
export async function benchIdle(work: string): Promise<IdleDay> {
  const served = await serve('hub', REPORTS)
  try {
    await setMode(served, 'through')
    const client = await startClient(OURS.engine, served, join(work, 'idle'))
    await client.do<Mirrored>('mirror')
    await client.do('settle')
    const { link: exchange } = await client.do('changes', 0)
    await sleep(SOON_MS)
    const asked = client.line.count(true)
    await sleep(WATCHED_MS)
    const waiting = client.line.count(true)
    await client.end()
    const sum = ({ bytesUp, bytesDown }: typeof waiting) => bytesUp + bytesDown
    const ofWaiting = sum(waiting) * (DAY_MS / WATCHED_MS)
    const round = sum(exchange) + sum(asked)
    const ofAsking = round * (DAY_MS / IDLE_POLL_MS)
    const kilo = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`
    printTable('a day of 8 h without news, reckoned from what was counted', [
      ['', 'counted', 'a day'],
      [
        `holding a wake-up, ${WATCHED_MS / 1000} s (${waiting.turns} requests)`,
        `${sum(waiting)} B`,
        kilo(ofWaiting),
      ],
      [
        `an exchange and the next wake-up's request, every ${IDLE_POLL_MS / 1000} s`,
        `${round} B`,
        kilo(ofAsking),
      ],
      ['together (goal ≤ 150 kB)', '', kilo(ofWaiting + ofAsking)],
    ])
    return { bytes: ofWaiting + ofAsking }
  } finally {
    await served.apart.end()
  }
}
