import { expect, test } from 'vitest'
import { enqueue } from '../../electron/core/outbox/enqueue.ts'
import { PASSWORD, PEOPLE } from '../hub/small-regency.ts'
import { enrolledCore, realHub } from './with-hub.ts'

test('a desk enrols, signs in, mirrors a report and its act reaches the hub once', async () => {
  const hub = await realHub()
  const number = await hub.report()
  const pc = await enrolledCore(hub)
  const status = await pc.call('app.status', {})
  expect(status).toMatchObject({ phase: 'ready', agency: { id: 'PUPR' }, person: { id: PEOPLE.clerk.id } })
  const { items } = await pc.call('reports.list', { view: 'all' })
  expect(items.map((item) => item.number)).toEqual([number])
  const sync = await pc.call('sync.status', {})
  expect(sync).toMatchObject({
    phase: 'idle',
    hubReportCount: 1,
    mirroredReportCount: 1,
    mirrorComplete: true,
    problem: null,
  })
})

void enqueue
void PASSWORD
