import { randomUUID } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { makeCore, type TestCore } from '../core/make-core.ts'
import { realPrinter } from '../core/office.ts'
import { jpeg } from '../fixtures/pictures.ts'
import { PASSWORD, PEOPLE } from '../hub/small-regency.ts'
import type { TestHub } from '../hub/start-hub.ts'
import { deskOf, makeLink, realHub } from './with-hub.ts'

const YEAR = 2026
const JPEG = await jpeg(40, 30)
type Pc = TestCore & { person: string }

async function enrol(hub: TestHub, person: { id: string; agencyId: string }): Promise<Pc> {
  const pc = makeCore({ fetch: makeLink().fetch, seed: randomUUID() })
  const code = await hub.code(person.agencyId)
  await pc.call('setup.enrol', { hubUrl: hub.url, code, deviceName: 'PC uji' })
  realPrinter(pc)
  pc.host.pickFiles = () => Promise.resolve([{ name: 'sesudah.jpg', bytes: JPEG }])
  return { ...pc, person: person.id }
}
const signIn = (pc: Pc) => pc.call('session.signIn', { personId: pc.person, password: PASSWORD })
const signInAgain = async (pc: Pc) => {
  await pc.call('session.signOut', {})
  await signIn(pc)
}
const sync = (pc: Pc) => pc.call('sync.now', {})
const lent = (pc: Pc) =>
  vi.waitFor(async () => {
    await sync(pc)
    expect((await pc.call('letters.register', { year: YEAR })).leases).not.toEqual([])
  })

/** Submits an answer to the n-th report. */
async function submit(pc: Pc, reportId: string, body: string): Promise<string> {
  const payload = { class: 'keluhan', oversight: false, priority: 'high' } as const
  await pc.call('reports.triage', { reportId, action: 'verify', payload })
  const { added } = await pc.call('attachments.pick', { reportId })
  const draft = { draftId: null, reportId, kind: 'final' as const, body, attachments: added, replyId: null }
  const { id } = await pc.call('drafts.save', draft)
  return (await pc.call('replies.submit', { draftId: id })).replyId
}
async function issue(pc: Pc, reportId: string, replyId: string) {
  const order = { kind: 'reply' as const, reportId, replyId, dispositionId: null, paper: null, date: null }
  const { id } = await pc.call('letters.draft', order)
  return pc.call('letters.issue', { letterId: id })
}
const unsettled = (pc: Pc) =>
  deskOf(pc).db.all(
    `SELECT kind, state, receipt ->> '$.reason' AS reason FROM outbox WHERE state <> 'applied'`,
  )

// Verifies LETT-01, SYNC-01, SYNC-02
test(
  'leases and letters made after the backup survive it: the desks tell, no number is lent twice, each gap is explained',
  { timeout: 90_000 },
  async () => {
    const hub = await realHub()
    await hub.report()
    await hub.report()
    const pc = await enrol(hub, PEOPLE.clerk)
    const boss = await enrol(hub, PEOPLE.second)
    const restore = await hub.backup()
    for (const each of [pc, boss]) await signIn(each)
    for (const each of [pc, boss]) await lent(each)
    const [one, two] = (await pc.call('reports.list', { view: 'all' })).items.map((item) => item.id)
    const replies = [await submit(pc, one!, 'Sudah ditambal.'), await submit(pc, two!, 'Sudah diperbaiki.')]
    await sync(pc)
    await sync(boss)
    for (const item of await boss.call('replies.queue', {}))
      await boss.call('replies.approve', { replyId: item.reply.id, hash: item.reply.hash })
    await sync(boss)
    await sync(pc)
    const before = [await issue(pc, one!, replies[0]!), await issue(boss, two!, replies[1]!)]
    expect(before[0]!.n).not.toBe(before[1]!.n)
    for (const each of [pc, boss]) await sync(each)

    await restore()
    // The hub does not know them any more: they sign in again, the clerk's PC comes first.
    for (const each of [pc, boss]) {
      await sync(each)
      await signInAgain(each)
      await vi.waitFor(async () => expect((await sync(each)).mirrorComplete).toBe(true))
    }
    // The clerk's letter had to wait for the approval that the other PC offered again.
    await vi.waitFor(async () => {
      for (const each of [pc, boss]) {
        await sync(each)
        expect(unsettled(each)).toEqual([])
      }
    })
    const book = await pc.call('letters.register', { year: YEAR })
    expect(book.rows.map(({ id, n }) => ({ id, n }))).toEqual(
      before.map(({ id, n }) => ({ id, n })).sort((a, b) => a.n! - b.n!),
    )
    expect(book.rows.every((letter) => letter.state === 'issued' && !letter.pending)).toBe(true)
    expect(book.gaps.filter((gap) => gap.why === 'unexplained')).toEqual([])
    // A letter of a PC that comes later takes none of their numbers.
    const third = await enrol(hub, PEOPLE.supervisor)
    await signIn(third)
    await lent(third)
    const [lease] = (await third.call('letters.register', { year: YEAR })).leases
    const held = [pc, boss].flatMap((each) =>
      deskOf(each)
        .db.all<{ to: number }>(
          `SELECT body ->> '$.to' AS "to" FROM m_rows WHERE kind = 'lease' AND body ->> '$.deviceId' <> ?`,
          deskOf(third).device.id,
        )
        .map((row) => row.to),
    )
    expect(lease!.from).toBeGreaterThan(Math.max(...held))
  },
)

// Verifies LETT-01
test(
  'while a PC has not spoken since the restore, numbers are lent from beyond what it may hold, and the register says why',
  { timeout: 90_000 },
  async () => {
    const hub = await realHub()
    const pc = await enrol(hub, PEOPLE.clerk)
    const silent = await enrol(hub, PEOPLE.second)
    const restore = await hub.backup()
    await signIn(silent)
    await lent(silent)
    const theirs = (await silent.call('letters.register', { year: YEAR })).leases[0]!
    await restore()
    await signIn(pc)
    await lent(pc)
    const book = await pc.call('letters.register', { year: YEAR })
    expect(book.leases).toMatchObject([{ from: 501, to: 520 }])
    const why = (n: number) => book.gaps.find((gap) => gap.n === n)?.why
    expect([why(1), why(500), why(501)]).toEqual(['restored', 'restored', 'leased_here'])
    // It comes back, with its lease: the numbers are its own again, and no second lease is lent for the same request.
    await sync(silent)
    await signInAgain(silent)
    await vi.waitFor(async () => {
      await sync(silent)
      expect(unsettled(silent)).toEqual([])
    })
    expect((await silent.call('letters.register', { year: YEAR })).leases).toEqual([theirs])
    await sync(pc)
    const later = await pc.call('letters.register', { year: YEAR })
    expect(later.gaps.find((gap) => gap.n === theirs.from)?.why).toBe('leased_elsewhere')
    expect(later.gaps.some((gap) => gap.why === 'unexplained')).toBe(false)
  },
)
