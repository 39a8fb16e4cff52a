import { afterEach, expect, test } from 'vitest'
import { createHub } from '../../../electron/hub/index.ts'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { SMALL_REGENCY } from '../small-regency.ts'
import { startHub, testClock, type TestHub } from '../start-hub.ts'

const WEEK = 7 * 86_400_000
const CACHE = resolve(import.meta.dirname, '../../../.cache/hub-template')
let hub: TestHub | null = null
afterEach(async () => {
  await hub?.stop()
  hub = null
})

/** Files a report with the given headers and answers when it counts, by the public list. */
async function filedAt(url: string, headers: Record<string, string>): Promise<number> {
  const body = new URLSearchParams({
    api_key: 'latihan',
    service_code: 'jalan',
    address_string: 'Jalan Cenderawasih',
    description: 'Lubang di depan toko.',
  })
  const filed = await fetch(`${url}/open311/v2/requests.json`, { method: 'POST', headers, body })
  const [{ service_request_id: id }] = (await filed.json()) as [{ service_request_id: string }]
  const answer = await fetch(`${url}/open311/v2/requests/${id}.json`)
  return Date.parse(((await answer.json()) as [{ requested_datetime: string }])[0].requested_datetime)
}

test('only the operator of a practice hub may date a report, and never into the future', async () => {
  hub = await startHub()
  const now = hub.clock.now()
  const past = String(now - WEEK)
  const token = hub.adminToken
  expect(await filedAt(hub.url, { 'x-practice-token': token, 'x-practice-time': past })).toBe(now - WEEK)
  for (const headers of [
    { 'x-practice-time': past },
    { 'x-practice-token': 'salah', 'x-practice-time': past },
    { 'x-practice-token': token, 'x-practice-time': String(now + WEEK) },
    { 'x-practice-token': token, 'x-practice-time': 'kemarin' },
  ])
    expect(await filedAt(hub.url, headers as Record<string, string>)).toBe(now)
})

test('a working hub never dates by a header', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'meja-hub-'))
  const clock = testClock()
  const bootstrap = { ...SMALL_REGENCY, apiKeys: [{ key: 'latihan', name: 'warga' }] }
  const options = { dataDir, cacheDir: CACHE, clock: clock.now, random: (n: number) => randomBytes(n) }
  const working = await createHub({ ...options, bootstrap })
  try {
    const url = await working.listen(0, '127.0.0.1')
    const headers = { 'x-practice-token': working.adminToken, 'x-practice-time': String(clock.now() - WEEK) }
    expect(await filedAt(url, headers)).toBe(clock.now())
  } finally {
    await working.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
})
