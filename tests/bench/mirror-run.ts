import { mkdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { openLimit, type Asking } from './limit.ts'
import { enrolPc, startPc } from './pc.ts'
import { whereTimeGoes } from './where.ts'

/** What one run is told by the process that compares. */
export interface RunOrder extends Asking {
  kind: 'engine' | 'limit' | 'inbox'
  folder: string
  code: string
  password: string
  /** Samples where the time goes; such a run's times are not compared. */
  profile: boolean
}

/** Seconds. */
export interface Cost {
  wall: number
  cpu: number
}

/** What one run cost, from its first request until all rows are there, and the search index after that. */
export interface RunCost extends Cost {
  /** Null where none was built. */
  index: Cost | null
  rssMb: number
  bytesDown: number
  reports: number
  where: [part: string, s: number][]
}

/** Mirrors a hub once in this process, which is new, so that no run warms another's code. */
export async function runOnce(order: RunOrder): Promise<RunCost> {
  mkdirSync(order.folder, { recursive: true })
  return order.kind === 'engine' ? engineRun(order) : limitRun(order)
}

async function limitRun({ url, token, folder, kind }: RunOrder): Promise<RunCost> {
  const stop = stopwatch()
  const limit = openLimit({ url, token }, folder, kind === 'inbox')
  await limit.pull()
  const cost = stop()
  const stopIndex = stopwatch()
  if (kind === 'limit') limit.buildIndex()
  const index = kind === 'limit' ? stopIndex() : null
  limit.close()
  return { ...cost, index, rssMb: rssMb(), bytesDown: 0, reports: 0, where: [] }
}

async function engineRun(order: RunOrder): Promise<RunCost> {
  const pc = startPc(order.folder)
  const has = (key: string) => pc.core.desk()!.db.get('SELECT 1 FROM meta WHERE key = ?', key) !== undefined
  let stop: (() => Cost) | null = null
  let cost: Cost | null = null
  let bytesDown = 0
  pc.onRequest = ({ url }) => {
    if (url.endsWith('/v1/exchange')) stop ??= stopwatch()
  }
  const whole = new Promise<void>((done) => {
    pc.onLog = ({ event, data }) => {
      if (event !== 'exchange' || cost) return
      bytesDown += Number(data['bytesDown'])
      if (!has('mirror_complete')) return
      cost = stop!()
      done()
    }
  })
  const hub = { url: order.url, password: order.password, code: () => Promise.resolve(order.code) }
  const mirror = () => enrolPc(pc, hub).then(() => whole)
  const where = order.profile ? await whereTimeGoes(mirror) : (await mirror(), [])
  const stopIndex = stopwatch()
  while (has('search_from')) await sleep(5)
  const index = stopIndex()
  const reports = (await pc.call('reports.list', { view: 'all', limit: 1 })).total
  pc.core.stop()
  return { ...cost!, index, rssMb: rssMb(), bytesDown, reports, where }
}

const rssMb = () => process.resourceUsage().maxRSS / 1024

function stopwatch(): () => Cost {
  const cpu = process.cpuUsage()
  const started = performance.now()
  return () => {
    const { user, system } = process.cpuUsage(cpu)
    return { wall: (performance.now() - started) / 1000, cpu: (user + system) / 1e6 }
  }
}
