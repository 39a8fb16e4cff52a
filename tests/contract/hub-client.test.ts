import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { FAKE_PASSWORD, fakeHub } from '../fakes/fake-hub.ts'
import { nodeFetch } from '../fakes/node-fetch.ts'
import { startHub } from '../hub/start-hub.ts'
import { PASSWORD, PEOPLE } from '../hub/small-regency.ts'
import { idOf, people, reportOf, reportStateOf } from '../core/sample.ts'
import { HUB_URL, hubTemplate, START, startHubNode } from '../sim/hub-node.ts'
import { drawFrom } from '../sim/random.ts'
import { hubClientContract } from './hub-client.ts'

hubClientContract('fake hub', () => {
  const hub = fakeHub(Object.values(people))
  hub.put('report', idOf(1), reportOf(1))
  hub.put('report_state', idOf(1), reportStateOf(1))
  const { url, fetch } = hub
  return Promise.resolve({
    url,
    fetch,
    code: () => Promise.resolve(hub.code()),
    person: { id: people.clerk.id, password: FAKE_PASSWORD },
  })
})

hubClientContract('embedded hub', async () => {
  const hub = await startHub()
  onTestFinished(() => hub.stop())
  await hub.report()
  return {
    url: hub.url,
    fetch: nodeFetch,
    code: () => hub.code('PUPR'),
    person: { id: PEOPLE.clerk.id, password: PASSWORD },
  }
})

// The hub of the simulation's volume runs: the same code on another engine.
hubClientContract('hub in memory', async () => {
  const root = mkdtempSync(join(tmpdir(), 'meja-sim-hub-'))
  const hub = await startHubNode(await hubTemplate(root), {
    root,
    draw: drawFrom('contract'),
    clock: () => START,
    log: () => undefined,
  })
  onTestFinished(async () => {
    await hub.close()
    rmSync(root, { recursive: true, force: true })
  })
  const form = {
    api_key: 'kunci-warga',
    service_code: 'jalan',
    description: 'Jalan berlubang.',
    address_string: 'Pasar',
  }
  await hub.handle({
    method: 'POST',
    url: `${HUB_URL}/open311/v2/requests.json`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(new URLSearchParams(form).toString()),
  })
  return {
    url: HUB_URL,
    fetch: (request) => hub.handle(request),
    code: () => hub.code('PUPR'),
    person: { id: PEOPLE.clerk.id, password: PASSWORD },
  }
})
