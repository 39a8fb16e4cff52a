import { Worker } from 'node:worker_threads'
import { resolve } from 'node:path'
import { onTestFinished, expect, test } from 'vitest'
import type { FromWorker, ToWorker } from '../../electron/core/worker-protocol.ts'
import { testFolder } from './make-desk.ts'

/** The core in its thread, with a main process that lends it little. */
function startWorker() {
  const worker = new Worker(resolve(import.meta.dirname, '../../electron/core/worker.ts'), {
    execArgv: ['--import', resolve(import.meta.dirname, '../support/shared-alias.mjs')],
  })
  onTestFinished(async () => void (await worker.terminate()))
  const heard: FromWorker[] = []
  const listeners = new Set<() => void>()
  const send = (message: ToWorker) => worker.postMessage(message)
  worker.on('message', (message: FromWorker) => {
    heard.push(message)
    if (message.type === 'host' && message.method === 'fetch') {
      const failure = { message: 'no link', kind: 'unreachable', code: null } as const
      send({ type: 'host-answer', id: message.id, ok: false, failure })
    }
    if (message.type === 'host' && message.method === 'startPracticeHub') {
      send({ type: 'host-progress', id: message.id, step: 'seed', done: 0.5 })
      const failure = { message: 'in use', kind: null, code: 'hub_data_in_use' }
      send({ type: 'host-answer', id: message.id, ok: false, failure })
    }
    for (const listener of listeners) listener()
  })
  const until = <T extends FromWorker['type']>(type: T, id?: number) =>
    new Promise<Extract<FromWorker, { type: T }>>((done) => {
      const look = () => {
        const found = heard.find((m) => m.type === type && (id === undefined || ('id' in m && m.id === id)))
        if (found) {
          listeners.delete(look)
          done(found as never)
        }
      }
      listeners.add(look)
      look()
    })
  let calls = 0
  const call = async (method: string, input: unknown) => {
    const id = ++calls
    send({ type: 'call', id, method, input })
    return (await until('answer', id)).answer
  }
  const dataDir = testFolder()
  send({ type: 'start', dataDir, resourcesDir: dataDir, version: '9.9.9', clockOffsetMs: 0 })
  return { send, call, until, heard }
}

test('the thread answers calls, asks its host, and stops when told', async () => {
  const { send, call, until, heard } = startWorker()
  expect(await call('app.status', {})).toMatchObject({
    ok: true,
    value: { phase: 'first_run', version: '9.9.9' },
  })
  expect(await call('app.status', { extra: 1 })).toMatchObject({ ok: false, error: { code: 'bad_input' } })
  expect(await call('toString', {})).toMatchObject({ ok: false, error: { code: 'bad_input' } })
  expect(await call('reports.counts', {})).toMatchObject({ ok: false, error: { code: 'locked' } })
  const enrol = { hubUrl: 'https://hub.example', code: 'X', deviceName: 'PC' }
  expect(await call('setup.enrol', enrol)).toMatchObject({ ok: false, error: { code: 'hub_unreachable' } })
  expect(await call('setup.startPractice', {})).toMatchObject({
    ok: false,
    error: { code: 'hub_data_in_use' },
  })
  expect(heard.some((message) => message.type === 'stale')).toBe(true)
  send({ type: 'attachment', id: 5, sha256: 'a'.repeat(64), which: 'thumb' })
  expect((await until('attachment', 5)).found).toBeNull()
  send({ type: 'stop' })
  await until('stopped')
})
