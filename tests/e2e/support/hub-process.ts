import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { composeBootstrap } from '../../../electron/hub/practice/compose-bootstrap.ts'

const ROOT = resolve(import.meta.dirname, '../../..')

/** Key of the citizens' app at this hub. */
export const CITIZEN_KEY = 'warga-uji'

/** The real hub in a process of its own, as `npm run hub` starts it; it can be killed and come back at the same address. */
export interface HubProcess {
  url: string
  adminToken: string
  /** One-time code that makes a PC a device of this agency. */
  enrolCode(agencyId: string): Promise<string>
  kill(): Promise<void>
  start(): Promise<void>
  /** Ends the process and removes its folder. */
  remove(): Promise<void>
}

const freePort = () =>
  new Promise<number>((resolvePort, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolvePort(typeof address === 'object' && address ? address.port : 0))
    })
  })

/**
 * Starts a hub as an office has it (not in practice mode, so people sign in with passwords), with the people and
 * settings of the practice regency and no reports: every report in a test is filed by the test.
 */
export async function startHubProcess(): Promise<HubProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'meja-e2e-hub-'))
  const port = await freePort()
  let child: ChildProcess | null = null
  const hub: HubProcess = {
    url: `http://127.0.0.1:${port}`,
    adminToken: '',
    async enrolCode(agencyId) {
      const answer = await hubPost(hub, 'enrolment-codes', { agencyId })
      return String(answer['code'])
    },
    async kill() {
      const ending = child
      child = null
      if (!ending || ending.exitCode !== null) return
      await new Promise((done) => {
        ending.once('exit', done)
        ending.kill('SIGKILL')
      })
    },
    async start() {
      const script = join(ROOT, 'out/main/hub-process.js')
      const cache = join(ROOT, '.cache/hub-template')
      const args = [script, '--data', dataDir, '--cache', cache, '--port', String(port)]
      const started = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
      child = started
      started.stderr.resume()
      for await (const line of createInterface({ input: started.stdout })) {
        const ready = JSON.parse(line) as { url: string; adminToken?: string }
        if (ready.adminToken) hub.adminToken = ready.adminToken
        started.stdout.resume()
        return
      }
      throw new Error('the hub process ended before it was ready')
    },
    async remove() {
      await hub.kill()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
  await hub.start()
  const { bootstrap } = await composeBootstrap(join(ROOT, 'resources/practice'))
  await hubPost(hub, 'bootstrap', {
    ...bootstrap,
    apiKeys: [{ key: CITIZEN_KEY, name: 'Aplikasi warga uji' }],
  })
  return hub
}

async function hubPost(hub: HubProcess, path: string, body: unknown): Promise<Record<string, unknown>> {
  const answer = await fetch(`${hub.url}/v1/admin/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${hub.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const parsed = (await answer.json()) as Record<string, unknown>
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${JSON.stringify(parsed)}`)
  return parsed
}
