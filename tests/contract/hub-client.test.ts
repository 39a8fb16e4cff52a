import { onTestFinished } from 'vitest'
import { FAKE_PASSWORD, fakeHub } from '../fakes/fake-hub.ts'
import { nodeFetch } from '../fakes/node-fetch.ts'
import { startHub } from '../hub/start-hub.ts'
import { PASSWORD, PEOPLE } from '../hub/small-regency.ts'
import { idOf, people, reportOf, reportStateOf } from '../core/sample.ts'
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
