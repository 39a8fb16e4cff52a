import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect } from '@playwright/test'
import { build } from 'vite'
import { OPEN_LINE, openSlowLink } from '../link/slow-link.ts'
import type { DeskApp } from './support/desk-app.ts'
import { test } from './support/fixtures.ts'

const MB = 1_000_000

/** What came of one request: the answer in figures, or the kind of failure and its words. */
interface Outcome {
  status?: number
  length?: number
  kind?: string
  message?: string
}

interface Asked {
  url: string
  /** Bytes of the request's body; 0: none. */
  size: number
  timeoutMs: number
  answerMs: number
}

/** The app's own request through Chromium, loaded once more into the running main process so that a test can call it. */
async function loadHubFetch({ app }: DeskApp, folder: string): Promise<(asked: Asked) => Promise<Outcome>> {
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: resolve(import.meta.dirname, '../../electron/shell/hub-fetch.ts'),
      outDir: folder,
      rolldownOptions: { output: { format: 'cjs', entryFileNames: 'hub-fetch.cjs' } },
    },
  })
  await app.evaluate(
    (_electron, file) => {
      const { createRequire } = process.getBuiltinModule('node:module')
      Object.assign(globalThis, { rig: createRequire(file)(file) as unknown })
    },
    join(folder, 'hub-fetch.cjs'),
  )
  return (asked) =>
    app.evaluate(async (_electron, { url, size, timeoutMs, answerMs }) => {
      const { rig } = globalThis as unknown as {
        rig: { hubFetch(request: unknown): Promise<{ status: number; body: Uint8Array }> }
      }
      const method = size > 0 ? 'PUT' : 'GET'
      const body = size > 0 ? new Uint8Array(size) : null
      try {
        const { status, body: heard } = await rig.hubFetch({
          method,
          url,
          headers: {},
          body,
          timeoutMs,
          answerMs,
        })
        return { status, length: heard.length }
      } catch (error) {
        const { kind, message } = error as { kind: string; message: string }
        return { kind, message }
      }
    }, asked)
}

async function serve(listener: RequestListener): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

test('the way to the hub in the real Electron: sending counts as life while it gets on, and each silence is named', async ({
  launch,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'meja-e2e-fetch-'))
  const desk = await launch('jalan')
  const hubFetch = await loadHubFetch(desk, folder)
  const server = await serve((request, answer) => {
    if (request.url === '/silent') return
    if (request.url === '/endless') {
      const more = () => {
        while (answer.write(Buffer.alloc(MB)));
      }
      answer.on('drain', more)
      return more()
    }
    let size = 0
    request.on('data', (part: Buffer) => (size += part.length))
    request.on('end', () => answer.end('x'.repeat(size === 24 * MB ? 3 : 1)))
  })
  const line = await openSlowLink({ port: server.port }, { ...OPEN_LINE, bytesPerSecond: 4 * MB })
  try {
    // Longer under way than any single wait may last.
    const upload = { url: `${line.url}/up`, size: 24 * MB, timeoutMs: 3000, answerMs: 60_000 }
    const started = performance.now()
    expect(await hubFetch(upload)).toEqual({ status: 200, length: 3 })
    expect(performance.now() - started).toBeGreaterThan(5000)

    line.hold(true)
    const stuck = await hubFetch(upload)
    expect(stuck).toMatchObject({
      kind: 'timeout',
      message: expect.stringMatching(/^(send|connect): no byte/),
    })
    line.hold(false)

    const direct = `http://127.0.0.1:${server.port}`
    const patient = { size: 0, timeoutMs: 60_000, answerMs: 60_000 }
    expect(await hubFetch({ ...patient, url: `${direct}/silent`, answerMs: 1000 })).toMatchObject({
      kind: 'timeout',
      message: expect.stringMatching(/^answer: no byte for 1000 ms/),
    })
    expect(await hubFetch({ ...patient, url: `${direct}/endless` })).toMatchObject({
      kind: 'unreachable',
      message: 'answer without end',
    })
    expect(await hubFetch({ ...patient, url: 'http://127.0.0.1:9/' })).toMatchObject({ kind: 'unreachable' })
  } finally {
    await line.close()
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
})
