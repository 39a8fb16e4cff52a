import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { HUB_CONTENT_TYPE, PROTOCOL, type EnrolResponse } from '@shared/sync/exchange.ts'
import { composeBootstrap } from '../../electron/hub/practice/compose-bootstrap.ts'
import { fileReports, seedKey } from './seed.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const RESOURCES = join(ROOT, 'resources')

/** The office that the benches sit in, and its clerk. */
export const OFFICE = 'PUPR'
export const CLERK = '00000000-0000-4000-8000-000001000004'

/** The real hub, built, in a process of its own. */
export interface BenchHub {
  url: string
  adminToken: string
  /** Everyone's password. */
  password: string
  /** Every structured line since the start, oldest first. */
  log: Record<string, unknown>[]
  /** The practice regency's people and settings, without its reports. */
  bootstrap(): Promise<void>
  code(): Promise<string>
  /** A PC of the office that speaks the protocol by itself. */
  device(): Promise<EnrolResponse>
  stop(): Promise<void>
}

/** Opens the hub of `dataDir`; the first time it gets the practice regency and `count` reports through Open311. */
export async function openBenchHub(dataDir: string, count: number): Promise<BenchHub> {
  const mark = join(dataDir, 'seeded')
  const key = `${seedKey()} ${count}`
  const seeded = existsSync(mark) && readFileSync(mark, 'utf8') === key
  if (!seeded) rmSync(dataDir, { recursive: true, force: true })
  mkdirSync(dataDir, { recursive: true })
  const hub = await start(dataDir)
  if (!seeded) {
    await hub.bootstrap()
    await fileReports(hub.url, hub.adminToken, count)
    writeFileSync(mark, key)
  }
  return hub
}

async function start(dataDir: string): Promise<BenchHub> {
  const script = join(ROOT, 'out/main/hub-process.js')
  const args = [
    script,
    '--data',
    dataDir,
    '--cache',
    join(ROOT, '.cache/hub-template'),
    '--port',
    '0',
    '--practice',
  ]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  const log: BenchHub['log'] = []
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (line.startsWith('{')) log.push(JSON.parse(line) as Record<string, unknown>)
  })
  const url = await new Promise<string>((found, failed) => {
    child.once('exit', (code) => failed(new Error(`the hub ended with ${code} before it was ready`)))
    createInterface({ input: child.stdout }).once('line', (line) =>
      found((JSON.parse(line) as { url: string }).url),
    )
  })
  const { bootstrap, password } = await composeBootstrap(join(RESOURCES, 'practice'))
  const adminToken = readFileSync(join(dataDir, 'admin-token'), 'utf8').trim()
  const code = async () =>
    ((await post(`${url}/v1/admin/enrolment-codes`, { agencyId: OFFICE }, adminToken)) as { code: string })
      .code
  return {
    url,
    adminToken,
    password,
    log,
    bootstrap: async () => void (await post(`${url}/v1/admin/bootstrap`, bootstrap, adminToken)),
    code,
    device: async () =>
      (await post(`${url}/v1/enrolments`, {
        protocol: PROTOCOL,
        code: await code(),
        deviceName: 'PC ukur',
      })) as EnrolResponse,
    stop: () =>
      new Promise((done) => {
        process.off('exit', end)
        child.once('exit', () => done())
        child.kill('SIGTERM')
      }),
  }
}

/** POSTs JSON to `/v1`; throws what the hub refused. */
async function post(url: string, body: unknown, token?: string): Promise<unknown> {
  const headers: Record<string, string> = { 'content-type': HUB_CONTENT_TYPE }
  if (token) headers['authorization'] = `Bearer ${token}`
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${new URL(url).pathname}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}
