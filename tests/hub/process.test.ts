import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build } from 'vite'
import { SMALL_REGENCY } from './small-regency.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const OUT = join(ROOT, '.cache', `hub-process-test-${process.pid}`)
const CACHE = join(ROOT, '.cache/hub-template')
const script = join(OUT, 'hub.js')
let dir: string
const running = new Set<ChildProcess>()

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'meja-hub-process-'))
  await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { alias: { '@shared': join(ROOT, 'shared') } },
    build: {
      ssr: join(ROOT, 'electron/hub/process.ts'),
      outDir: OUT,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'hub.js' } },
    },
  })
})
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  for (const folder of [dir, OUT]) rmSync(folder, { recursive: true, force: true })
})

function launch(...args: string[]) {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk))
  const ended = new Promise<{ code: number | null; errors: string }>((done) =>
    child.once('exit', (code) => done({ code, errors })),
  )
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const line = async () => JSON.parse(String((await lines.next()).value)) as Record<string, string>
  return { child, ended, line }
}

const serve = (data: string) =>
  launch('--data', join(dir, data), '--cache', CACHE, '--port', '0', '--practice', '--name', 'Hub uji')
const hello = async (url: string) =>
  (await fetch(`${url}/v1/hello`)).json() as Promise<{ hubId: string; name: string }>

test('serves by hand: token on the first run only, commands for the operator, a clean stop', async () => {
  const first = serve('a')
  const { url, adminToken } = await first.line()
  expect(await hello(url!)).toMatchObject({ name: 'Hub uji' })
  const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' }
  await fetch(`${url}/v1/admin/bootstrap`, { method: 'POST', headers, body: JSON.stringify(SMALL_REGENCY) })
  const code = await launch(
    'admin',
    'enrol-code',
    '--agency',
    'PUPR',
    '--hub',
    url!,
    '--token',
    adminToken!,
  ).line()
  expect(code['code']).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/)
  const refused = await launch('admin', 'enrol-code', '--agency', 'PUPR', '--hub', url!, '--token', 'salah')
    .ended
  expect(refused).toMatchObject({ code: 1, errors: expect.stringContaining('Peran') })
  expect(await launch('admin', 'enrol-code').ended).toMatchObject({
    code: 1,
    errors: expect.stringContaining('--hub'),
  })
  first.child.kill('SIGTERM')
  expect(await first.ended).toMatchObject({ code: 0 })
  const second = serve('a')
  const again = await second.line()
  expect(again['adminToken']).toBeUndefined()
  expect(await hello(again['url']!)).toMatchObject({ name: 'Kabupaten Contoh' })
  second.child.kill('SIGINT')
  expect(await second.ended).toMatchObject({ code: 0 })
})

test('a second hub on the same folder is refused; after a kill the folder opens with everything acknowledged', async () => {
  const first = serve('b')
  const { url, adminToken } = await first.line()
  const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' }
  await fetch(`${url}/v1/admin/bootstrap`, { method: 'POST', headers, body: JSON.stringify(SMALL_REGENCY) })
  expect(await serve('b').ended).toMatchObject({ code: 1, errors: expect.stringContaining('sedang dipakai') })
  const file = () =>
    fetch(`${url}/open311/v2/requests.json`, {
      method: 'POST',
      body: new URLSearchParams({
        api_key: 'latihan',
        service_code: 'jalan',
        address_string: 'x',
        description: 'sebelum mati',
      }),
    })
  const acknowledged: string[] = []
  const filing = (async () => {
    for (;;) {
      const answer = await file().catch(() => null)
      const body = (await answer?.json().catch(() => null)) as [{ service_request_id: string }] | null
      if (!body) return
      acknowledged.push(body[0].service_request_id)
      if (acknowledged.length === 15) first.child.kill('SIGKILL')
    }
  })()
  await filing
  await first.ended
  const second = serve('b')
  const { url: newUrl } = await second.line()
  const list = (await (await fetch(`${newUrl}/open311/v2/requests.json`)).json()) as {
    service_request_id: string
  }[]
  expect(list.map((r) => r.service_request_id)).toEqual(expect.arrayContaining(acknowledged))
  second.child.kill('SIGTERM')
  await second.ended
})
