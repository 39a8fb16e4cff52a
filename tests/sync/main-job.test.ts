import { expect, test, vi } from 'vitest'
import { realPrinter } from '../core/office.ts'
import { jpeg } from '../fixtures/pictures.ts'
import { PASSWORD, PEOPLE } from '../hub/small-regency.ts'
import { enrolledCore, noLink, realHub, type LinkedCore } from './with-hub.ts'

const JPEG = await jpeg(40, 30)
const theReport = async (pc: LinkedCore) => (await pc.call('reports.list', { view: 'all' })).items[0]!.id
const detail = async (pc: LinkedCore) => pc.call('reports.get', { reportId: await theReport(pc) })
/** Exchanges until nothing waits; the engine may ask for letter numbers in between. */
const allSent = (pc: LinkedCore) =>
  vi.waitFor(async () =>
    expect(await pc.call('sync.now', {})).toMatchObject({ queued: 0, needsPerson: 0, problem: null }),
  )
const disposition = {
  toIds: [PEOPLE.second.id],
  units: [],
  instructions: ['Tindak lanjuti'],
  note: 'Mohon segera',
  dueOn: null,
  urgency: 'segera' as const,
}

/** Clerk's side up to the submission. */
async function answer(pc: LinkedCore, body: string) {
  const reportId = await theReport(pc)
  const payload = { class: 'keluhan', oversight: false, priority: 'high' } as const
  await pc.call('reports.triage', { reportId, action: 'verify', payload })
  const { dispositionId } = await pc.call('reports.dispose', { reportId, payload: disposition })
  const { added } = await pc.call('attachments.pick', { reportId })
  const draft = await pc.call('drafts.save', {
    draftId: null,
    reportId,
    kind: 'final',
    body,
    attachments: added,
    replyId: null,
  })
  return { reportId, dispositionId, ...(await pc.call('replies.submit', { draftId: draft.id })) }
}

test('the main job on two PCs: triage, disposition, answer, approval, publication, numbered letter', async () => {
  // Verifies APPR-01, APPR-02, LETT-01, LETT-02
  const hub = await realHub()
  await hub.report()
  const pc = await enrolledCore(hub)
  const boss = await enrolledCore(hub, PEOPLE.second)
  realPrinter(pc)
  pc.host.pickFiles = () => Promise.resolve([{ name: 'sesudah.jpg', bytes: JPEG }])
  const { reportId, replyId, dispositionId } = await answer(pc, 'Lubang sudah ditutup.')
  await pc.call('sync.now', {})
  await boss.call('sync.now', {})

  const [item] = await boss.call('replies.queue', {})
  expect(item).toMatchObject({ mayDecide: true, reply: { id: replyId, state: 'submitted', pending: false } })
  await boss.call('replies.approve', { replyId, hash: item!.reply.hash })
  await boss.call('sync.now', {})
  expect((await detail(boss)).replies).toMatchObject([{ id: replyId, state: 'published', pending: false }])

  await pc.call('sync.now', {})
  const seen = await detail(pc)
  expect(seen).toMatchObject({
    state: { state: 'resolved' },
    replies: [{ state: 'published' }],
    drafts: [],
    outbox: [],
  })
  expect(seen.dispositions.map((one) => one.id)).toEqual([dispositionId])

  const draft = await pc.call('letters.draft', {
    kind: 'reply',
    reportId,
    replyId,
    dispositionId: null,
    paper: null,
    date: null,
  })
  const letter = await pc.call('letters.issue', { letterId: draft.id })
  expect(letter).toMatchObject({ state: 'issued', n: 1, pending: true })
  await allSent(pc)
  await boss.call('sync.now', {})
  const register = await boss.call('letters.register', { year: letter.year })
  expect(register.rows).toMatchObject([
    { id: letter.id, number: letter.number, state: 'issued', pending: false },
  ])
  expect(await boss.refusal('letters.pdf', { letterId: letter.id })).toBe('not_downloaded')
  await boss.call('sync.now', {})
  // LETT-03: every PC has the same bytes.
  const stored = await pc.call('letters.pdf', { letterId: letter.id })
  await vi.waitFor(async () =>
    expect(await boss.call('letters.pdf', { letterId: letter.id })).toEqual(stored),
  )
  await boss.call('letters.void', { letterId: letter.id, reason: 'Salah alamat' })
  await boss.call('sync.now', {})
  await pc.call('sync.now', {})
  expect((await pc.call('letters.register', { year: letter.year })).rows).toMatchObject([
    { id: letter.id, state: 'void', voidReason: 'Salah alamat' },
  ])
})

test('the same with no link between: everything is queued, and applied once when it returns', async () => {
  // Verifies SYNC-01, SYNC-02
  const hub = await realHub()
  await hub.report()
  const pc = await enrolledCore(hub, PEOPLE.supervisor)
  realPrinter(pc)
  await pc.idle()
  pc.link.fault = noLink
  const { reportId, replyId } = await answer(pc, 'Lubang sudah ditutup.')
  expect(await pc.refusal('replies.approve', { replyId, hash: (await detail(pc)).replies[0]!.hash })).toBe(
    'four_eyes',
  )
  const draft = await pc.call('letters.draft', {
    kind: 'reply',
    reportId,
    replyId,
    dispositionId: null,
    paper: null,
    date: null,
  })
  expect(await pc.refusal('letters.issue', { letterId: draft.id })).toBe('wrong_state')
  pc.link.fault = null
  await allSent(pc)
  expect((await detail(pc)).replies).toMatchObject([{ state: 'submitted', pending: false }])
})

test('an approval and its numbered letter made without a link are applied once, in their order', async () => {
  // Verifies APPR-02, LETT-01, SYNC-02
  const hub = await realHub()
  await hub.report()
  const pc = await enrolledCore(hub)
  const boss = await enrolledCore(hub, PEOPLE.second)
  realPrinter(boss)
  const { reportId, replyId } = await answer(pc, 'Lubang sudah ditutup.')
  await allSent(pc)
  await allSent(boss)
  const year = 2026
  await vi.waitFor(async () => expect((await boss.call('letters.register', { year })).leases).not.toEqual([]))
  await boss.idle()
  boss.link.fault = noLink
  const [item] = await boss.call('replies.queue', {})
  await boss.call('replies.approve', { replyId, hash: item!.reply.hash })
  const order = { kind: 'reply' as const, reportId, replyId, dispositionId: null, paper: null, date: null }
  const draft = await boss.call('letters.draft', order)
  const letter = await boss.call('letters.issue', { letterId: draft.id })
  expect(letter).toMatchObject({ state: 'issued', pending: true })
  const later = await boss.again()
  realPrinter(later)
  await later.call('session.signIn', { personId: PEOPLE.second.id, password: PASSWORD })
  later.link.fault = null
  await allSent(later)
  expect((await later.call('letters.register', { year })).rows).toMatchObject([
    { id: letter.id, number: letter.number, state: 'issued', pending: false },
  ])
  await allSent(pc)
  expect((await detail(pc)).replies).toMatchObject([{ state: 'published' }])
})

test('a returned answer travels back, is written again, and shows what changed', async () => {
  const hub = await realHub()
  await hub.report()
  const pc = await enrolledCore(hub)
  const boss = await enrolledCore(hub, PEOPLE.second)
  const { reportId, replyId } = await answer(pc, 'Versi satu')
  await pc.call('sync.now', {})
  await boss.call('sync.now', {})
  const [item] = await boss.call('replies.queue', {})
  await boss.call('replies.return', { replyId, hash: item!.reply.hash, reason: 'Sebut tanggal' })
  await boss.call('sync.now', {})
  await pc.call('sync.now', {})
  expect(await pc.call('reports.counts', {})).toMatchObject({ views: { returned: 1, awaiting_approval: 0 } })
  const draft = await pc.call('drafts.save', {
    draftId: null,
    reportId,
    kind: 'final',
    body: 'Versi dua',
    attachments: [],
    replyId,
  })
  expect((await pc.call('replies.submit', { draftId: draft.id })).replyId).toBe(replyId)
  await pc.call('sync.now', {})
  await boss.call('sync.now', {})
  expect(await boss.call('replies.queue', {})).toMatchObject([
    {
      reply: { revision: 2, body: 'Versi dua' },
      previous: { body: 'Versi satu', reason: 'Sebut tanggal', revision: 1 },
    },
  ])
})
