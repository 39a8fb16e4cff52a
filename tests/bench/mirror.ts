import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BenchHub } from './bench-hub.ts'
import type { Cost, RunCost, RunOrder } from './mirror-run.ts'
import { median, p95, printTable, seconds, times } from './stats.ts'

const ROUNDS = 3
const HERE = import.meta.dirname
const KINDS = ['limit', 'engine', 'inbox'] as const
type Kind = (typeof KINDS)[number]

/** Mirrors the hub by the engine and by the bare limits in turn, prints the ratios, and answers a mirrored PC's folder. */
export async function benchMirror(hub: BenchHub, work: string): Promise<string> {
  const { deviceToken: token } = await hub.device()
  const costs: Record<Kind, RunCost[]> = { limit: [], engine: [], inbox: [] }
  const order = async (kind: Kind, name: string, profile = false): Promise<RunOrder> => ({
    kind,
    url: hub.url,
    token,
    profile,
    password: hub.password,
    folder: join(work, `${kind}-${name}`),
    code: kind === 'engine' ? await hub.code() : '',
  })
  const before = exchanges(hub)
  for (let round = 0; round < ROUNDS; round++)
    for (const kind of KINDS) costs[kind].push(await runApart(await order(kind, String(round))))
  const requests = (exchanges(hub) - before) / (ROUNDS * KINDS.length)
  const profiled = await runApart(await order('engine', 'profile', true))

  const [{ reports, bytesDown }] = costs.engine as [RunCost]
  const bareIndex = indexOf(costs.limit)
  const memory = median(costs.engine.map((cost) => cost.rssMb))
  printTable(
    `2  full mirror of ${reports} reports from a real hub over loopback, medians of ${ROUNDS} runs in turn`,
    [
      ['', 'wall', 'p95', 'ratio', 'client CPU', 'ratio'],
      line('L: same requests, JSON.parse, insert into the same encrypted tables', costs.limit, costs.limit),
      line('engine, all rows usable in the inbox (goal ≤ 1.25 × L)', costs.engine, costs.limit),
      line('L + bare insert into the inbox table and its indexes', costs.inbox, costs.limit),
      line('engine against that', costs.engine, costs.inbox),
      line('S: bare build of the search index afterwards', bareIndex, bareIndex),
      line('engine, search complete after the rows (goal ≤ 1.3 × S)', indexOf(costs.engine), bareIndex),
    ],
  )
  console.log(
    `  ${requests.toFixed(0)} requests, ${(bytesDown / 1e6).toFixed(1)} MB on the wire (gzip), engine's process at most ${memory.toFixed(0)} MB; the hub's own time is in every wall time`,
  )
  const all = profiled.where.reduce((sum, [, s]) => sum + s, 0)
  const parts = profiled.where
    .filter(([, s]) => s > all / 100)
    .map(([part, s]) => `${part} ${s.toFixed(2)} s (${((s / all) * 100).toFixed(0)} %)`)
  console.log(
    `  where a fourth, sampled run of the engine spent its ${all.toFixed(1)} s: ${parts.join(', ')}`,
  )
  return join(work, `engine-${ROUNDS - 1}`)
}

const indexOf = (costs: RunCost[]): Cost[] => costs.flatMap(({ index }) => (index ? [index] : []))

function line(name: string, costs: Cost[], against: Cost[]): string[] {
  const wall = costs.map((cost) => cost.wall)
  const ratio = (of: keyof Cost) =>
    times(median(costs.map((cost) => cost[of])) / median(against.map((cost) => cost[of])))
  const cpu = seconds(median(costs.map((cost) => cost.cpu)))
  return [name, seconds(median(wall)), seconds(p95(wall)), ratio('wall'), cpu, ratio('cpu')]
}

const exchanges = (hub: BenchHub) => hub.log.filter((line) => line['event'] === 'exchange').length

/** Runs one order in a process of its own. */
async function runApart(order: RunOrder): Promise<RunCost> {
  const alias = pathToFileURL(resolve(HERE, 'alias.ts')).href
  const args = ['--import', alias, resolve(HERE, 'quick.ts'), '--run', JSON.stringify(order)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`the ${order.kind} run ended with ${code}`)
  return JSON.parse(said.trim().split('\n').at(-1)!) as RunCost
}
