import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runChild, type ChildReport, type ChildRequest } from '../../electron/hub/process-child.ts'

const CACHE = resolve(import.meta.dirname, '../../.cache/hub-template')
let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'meja-child-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

/** The app's side of the port. */
function app() {
  const heard: ChildReport[] = []
  const waiting: (() => void)[] = []
  let deliver: (message: { data: unknown }) => void = () => undefined
  const exited = new Promise<number>((exit) => {
    runChild(
      {
        on: (_event, listener) => void (deliver = listener),
        postMessage: (report) => {
          heard.push(report as ChildReport)
          for (const wake of waiting.splice(0)) wake()
        },
      },
      (n) => randomBytes(n),
      exit,
    )
  })
  const until = async <T extends ChildReport['type']>(
    ...types: T[]
  ): Promise<Extract<ChildReport, { type: T }>> => {
    for (;;) {
      const found = heard.find((r) => types.includes(r.type as T))
      if (found) return found as Extract<ChildReport, { type: T }>
      await new Promise<void>((wake) => waiting.push(wake))
    }
  }
  return { heard, until, exited, say: (request: ChildRequest) => deliver({ data: request }) }
}

test('the app starts the practice hub on loopback, once, and stops it', async () => {
  const { say, until, exited, heard } = app()
  const start = { type: 'start', dataDir: dir, cacheDir: CACHE, port: 0 } as const
  say(start)
  say(start)
  const { url, adminToken } = await until('ready')
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(adminToken).toMatch(/^[\w-]{43}$/)
  expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ ok: true, practice: true, pictures: true })
  expect(heard.filter((r) => r.type === 'ready')).toHaveLength(1)
  expect(heard[0]).toEqual({ type: 'progress', step: 'opening', done: null })
  say({ type: 'stop' })
  expect(await exited).toBe(0)
  await expect(fetch(`${url}/healthz`)).rejects.toThrow()
})

test('a start that fails says why in words and may be tried again', async () => {
  const { say, until, exited, heard } = app()
  writeFileSync(join(dir, 'file'), 'x')
  say({ type: 'start', dataDir: join(dir, 'file'), cacheDir: CACHE, port: 0 })
  expect(await until('failed')).toEqual({
    type: 'failed',
    code: 'folder_unwritable',
    message: expect.stringContaining('bukan folder'),
  })
  heard.length = 0
  say({ type: 'start', dataDir: join(dir, 'good'), cacheDir: CACHE, port: 0 })
  expect((await until('ready', 'failed')).type).toBe('ready')
  say({ type: 'stop' })
  expect(await exited).toBe(0)
})

test('stop before start just ends', async () => {
  const { say, exited } = app()
  say({ type: 'stop' })
  expect(await exited).toBe(0)
})
