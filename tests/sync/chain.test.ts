import { expect, test } from 'vitest'
import type { ExchangeRequest } from '@shared/sync/exchange.ts'
import { requestJson } from '../fakes/request-body.ts'
import { PASSWORD, PEOPLE } from '../hub/small-regency.ts'
import { deskOf, enrolledCore, noLink, realHub } from './with-hub.ts'
import { makeLink } from './with-hub.ts'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

test('a report is triaged, answered with a photo, approved on another PC, and published', async () => {
  // Verifies APPR-01, SYNC-02
  const hub = await realHub()
  const number = await hub.report({ description: 'Jembatan kayu di Kwamki rusak.' })
  const link = makeLink()
  const clerk = await enrolledCore(hub, PEOPLE.clerk, link)
  const supervisor = await enrolledCore(hub, PEOPLE.supervisor)
  const { items } = await clerk.call('reports.list', { view: 'all' })
  const reportId = items[0]!.id

  // With no link at all: everything is kept and queued.
  await clerk.idle()
  link.fault = noLink
  const payload = { class: 'pengaduan', oversight: false, priority: 'high' } as const
  await clerk.call('reports.triage', { reportId, action: 'verify', payload })
  clerk.host.pickFiles = () => Promise.resolve([{ name: 'jembatan.png', bytes: PNG }])
  const { added } = await clerk.call('attachments.pick', { reportId })
  expect(added).toHaveLength(1)
  const draft = await clerk.call('drafts.save', {
    draftId: null,
    reportId,
    kind: 'final',
    body: 'Jembatan sudah kami perbaiki pada hari Senin.',
    attachments: added,
    replyId: null,
  })
  const { replyId } = await clerk.call('replies.submit', { draftId: draft.id })
  expect((await clerk.call('sync.now', {})).phase).toBe('offline')
  expect(deskOf(clerk).db.get('SELECT submitted FROM drafts')).toEqual({ submitted: 1 })

  // The link is back: words do not wait for the photo (SYNC-04), and the answer goes after its photo.
  link.fault = null
  link.requests.length = 0
  expect(await clerk.call('sync.now', {})).toMatchObject({ phase: 'idle', queued: 0, needsPerson: 0 })
  const went = link.requests.flatMap((request) => {
    const kind = new URL(request.url).pathname.split('/')[2]!
    if (kind !== 'exchange') return kind === 'attachments' ? ['photo'] : []
    return requestJson<ExchangeRequest>(request).mutations.map((mutation) => mutation.kind)
  })
  const order = ['report.', 'photo', 'reply.submit'].map((what) =>
    went.findIndex((one) => one.startsWith(what)),
  )
  expect(order.every((place) => place >= 0)).toBe(true)
  expect(order).toEqual(order.toSorted((a, b) => a - b))
  expect(deskOf(clerk).db.get('SELECT count(*) AS n FROM drafts')).toEqual({ n: 0 })

  await supervisor.call('sync.now', {})
  const queue = await supervisor.call('replies.queue', {})
  expect(queue).toMatchObject([{ mayDecide: true, reply: { id: replyId, state: 'submitted' } }])
  await supervisor.call('replies.approve', { replyId, hash: queue[0]!.reply.hash })
  expect(await supervisor.call('sync.now', {})).toMatchObject({ phase: 'idle', queued: 0, needsPerson: 0 })
  // The photo comes to the other PC after the words.
  await expect.poll(() => supervisor.core.readAttachment(added[0]!.sha256)?.bytes.length).toBe(PNG.length)

  await clerk.call('sync.now', {})
  const detail = await clerk.call('reports.get', { reportId })
  expect(detail).toMatchObject({ state: { state: 'resolved' }, replies: [{ state: 'published' }] })
  const seen = await fetch(`${hub.url}/open311/v2/requests/${number}.json`)
  expect(await seen.json()).toMatchObject([{ service_request_id: number, status: 'closed' }])
  expect(await clerk.call('audit.verify', {})).toMatchObject({ intact: true })
})

// Verifies SYNC-04
test('an act that only waits for another one with a photo does not keep the photo waiting', async () => {
  const hub = await realHub()
  await hub.report()
  const link = makeLink()
  const pc = await enrolledCore(hub, PEOPLE.clerk, link)
  await pc.idle()
  const reportId = (await pc.call('reports.list', { view: 'all' })).items[0]!.id
  const payload = { class: 'pengaduan', oversight: false, priority: 'high' } as const
  await pc.call('reports.triage', { reportId, action: 'verify', payload })
  await pc.call('sync.now', {})
  await pc.idle()
  link.fault = (request, go) => (/exchange|uploads/.test(request.url) ? noLink(request, go) : go())
  pc.host.pickFiles = () => Promise.resolve([{ name: 'jembatan.png', bytes: PNG }])
  const { added } = await pc.call('attachments.pick', { reportId })
  const draft = { draftId: null, reportId, kind: 'final' as const, attachments: added, replyId: null }
  const { id } = await pc.call('drafts.save', { ...draft, body: 'Sudah ditambal.' })
  const { replyId } = await pc.call('replies.submit', { draftId: id })
  await pc.call('session.signOut', {})
  await pc.call('session.signIn', { personId: PEOPLE.second.id, password: PASSWORD })
  const [waiting] = await pc.call('replies.queue', {})
  await pc.call('replies.approve', { replyId, hash: waiting!.reply.hash })
  link.fault = null
  expect(await pc.call('sync.now', {})).toMatchObject({ phase: 'idle', queued: 0, needsPerson: 0 })
})
