import fc from 'fast-check'
import { expect, test } from 'vitest'
import { InboxView, ReportFilter, ReportPage } from '@shared/ipc/views.ts'
import { markRead } from '../../../electron/core/commands/mark-read.ts'
import { inboxCounts } from '../../../electron/core/queries/inbox-counts.ts'
import { listReports } from '../../../electron/core/queries/report-list.ts'
import { findByNumber } from '../../../electron/core/queries/reports.ts'
import { wit } from '../../shared/fixtures.ts'
import { makeDesk } from '../make-desk.ts'
import { filterOf, replyChange, replyTo } from '../office.ts'
import { changeOf, idOf, people, removalOf, reportChanges, reportOf } from '../sample.ts'

const SORTS = ReportFilter.shape.sort.unwrap().options
const DAY = 86_400_000
const ids = (page: { items: { id: string }[] }) =>
  page.items.map((item) => Number.parseInt(item.id.slice(-6), 16))

/** A mixed inbox: every view has something. */
const inbox = () => [
  ...reportChanges(
    1,
    { district: 'Mimika Timur', subject: 'pasar becek' },
    { clockStartedAt: wit('2026-01-26', 8) },
  ),
  ...reportChanges(2, { subject: 'Air mati' }, { clockStartedAt: wit('2026-01-02', 8), priority: 'urgent' }),
  ...reportChanges(
    3,
    {},
    { state: 'verified', verifiedAt: 1, assigneeId: people.clerk.id, clockStartedAt: wit('2026-01-30', 8) },
  ),
  ...reportChanges(
    4,
    { serviceCode: 'air' },
    { state: 'resolved', responseMetAt: 2, settlementMetAt: 2, updatedAt: wit('2026-01-20', 8) },
  ),
  ...reportChanges(5, {}, { state: 'closed', updatedAt: wit('2026-01-25', 8) }),
  ...reportChanges(
    6,
    {},
    {
      state: 'awaiting_citizen',
      pauses: [{ from: wit('2026-01-20', 8), to: null, reason: 'foto', state: 'awaiting_citizen' }],
    },
  ),
  ...reportChanges(7, {}, { state: 'disposed', citizenRepliedAt: wit('2026-02-03', 8) }),
  ...reportChanges(8, {}, { state: 'reopened' }),
  replyChange(replyTo(3)),
  replyChange(replyTo(8, { state: 'returned', returnReason: 'Kurang jelas' })),
]

test('the due order shows open reports first, the earliest due first, then the latest closed', () => {
  const { desk } = makeDesk({ changes: inbox() })
  const page = listReports(desk, filterOf())
  expect(ReportPage.parse(page).items).toHaveLength(8)
  expect(ids(page)).toEqual([2, 1, 3, 7, 8, 6, 5, 4])
  expect(page.items.map((item) => item.clock.status).slice(0, 3)).toEqual(['late', 'due_today', 'running'])
  expect(page.total).toBe(8)
})

test('every view lists exactly what it counts, at any time', () => {
  // Verifies CLOCK-01
  const { desk, host } = makeDesk({ changes: inbox() })
  for (const step of [0, 2, 20, 40].map((days) => days * DAY)) {
    host.advance(step)
    const counts = inboxCounts(desk).views
    for (const view of InboxView.options) {
      const page = listReports(desk, filterOf({ view }))
      expect([view, page.items.length, page.total]).toEqual([view, counts[view], counts[view]])
      const clocks: Partial<Record<typeof view, string>> = { late: 'late', due_today: 'due_today' }
      if (clocks[view]) expect(page.items.every((item) => item.clock.status === clocks[view])).toBe(true)
    }
  }
})

test('midnight turns "due today" into "late" without anything being written', () => {
  // Verifies CLOCK-01
  const { desk, host } = makeDesk({ changes: inbox() })
  expect(ids(listReports(desk, filterOf({ view: 'due_today' })))).toEqual([1])
  host.advance(DAY)
  expect(ids(listReports(desk, filterOf({ view: 'late' })))).toEqual([2, 1])
  expect(inboxCounts(desk).views).toMatchObject({ late: 2, due_today: 0 })
})

test('the counts name views, districts, services and what waits for a supervisor', () => {
  const service = {
    id: 'air',
    name: 'Air bersih',
    description: '',
    group: '',
    keywords: [],
    agencyId: 'PUPR',
    active: true,
  }
  const { desk } = makeDesk({ changes: [...inbox(), changeOf('service', 'air', service)] })
  expect(inboxCounts(desk)).toEqual({
    views: {
      all: 8,
      new: 3,
      due_today: 1,
      late: 1,
      awaiting_approval: 1,
      returned: 1,
      citizen_replied: 1,
      mine: 1,
      closed: 2,
    },
    replyQueue: 1,
    proposals: 0,
    districts: [
      { name: 'Mimika Baru', count: 7 },
      { name: 'Mimika Timur', count: 1 },
    ],
    services: [
      { code: 'jalan-rusak', name: 'jalan-rusak', count: 7 },
      { code: 'air', name: 'Air bersih', count: 1 },
    ],
  })
})

test.each([
  [{ sort: 'newest' }, [8, 7, 6, 5, 4, 3, 2, 1]],
  [{ sort: 'oldest' }, [1, 2, 3, 4, 5, 6, 7, 8]],
  [{ sort: 'number', descending: true }, [8, 7, 6, 5, 4, 3, 2, 1]],
  [{ sort: 'subject' }, [2, 3, 4, 5, 6, 7, 8, 1]],
  [{ sort: 'priority' }, [2, 1, 3, 7, 8, 6, 5, 4]],
  [{ sort: 'state' }, [2, 1, 8, 3, 6, 7, 4, 5]],
  [{ sort: 'district' }, [2, 3, 7, 8, 6, 5, 4, 1]],
  [{ districts: ['Mimika Timur'] }, [1]],
  [{ services: ['air'] }, [4]],
  [{ states: ['closed', 'disposed'] }, [7, 5]],
  [{ view: 'closed', states: ['closed'] }, [5]],
  [{ q: 'status:disposisi' }, [7]],
  [{ q: 'distrik:"mimika timur"' }, [1]],
  [{ q: 'no:00005' }, [5]],
  [{ q: 'dari:"Warga 4"' }, [4]],
] as const)('%j lists %j', (filter, wanted) => {
  const { desk } = makeDesk({ changes: inbox() })
  expect(ids(listReports(desk, filterOf(filter as never)))).toEqual(wanted)
})

test('paging is complete and never repeats or skips a row that stays, whatever happens to others meanwhile', () => {
  const sort = fc.constantFrom(...SORTS)
  const deed = fc.record({
    kind: fc.constantFrom('close', 'remove', 'add'),
    n: fc.integer({ min: 1, max: 30 }),
  })
  fc.assert(
    fc.property(
      sort,
      fc.boolean(),
      fc.integer({ min: 1, max: 7 }),
      fc.array(deed, { maxLength: 6 }),
      (name, descending, limit, deeds) => {
        const t = makeDesk({
          changes: Array.from({ length: 30 }, (_, i) => i + 1).flatMap((n) =>
            reportChanges(
              n,
              { subject: `S${n % 4}`, district: `D${n % 3}` },
              { clockStartedAt: wit('2026-01-20', 8) + (n % 5) * DAY },
            ),
          ),
        })
        const touched = new Set(deeds.map((one) => one.n))
        const seen: number[] = []
        let after: string | null = null
        for (let round = 0; ; round++) {
          const page = listReports(t.desk, filterOf({ sort: name, descending, limit, after }))
          seen.push(...ids(page))
          if (!page.next) break
          after = page.next
          const { kind, n } = deeds[round] ?? { kind: 'none', n: 0 }
          if (kind === 'close') t.feed([reportChanges(n, {}, { state: 'closed', updatedAt: 5 })[1]!])
          if (kind === 'remove') t.feed([removalOf(idOf(n))])
          if (kind === 'add') t.feed(reportChanges(n + 100, { subject: 'S1', district: 'D1' }))
        }
        const kept = seen.filter((n) => n <= 30 && !touched.has(n))
        expect(new Set(kept).size).toBe(kept.length)
        expect(kept.length).toBe(30 - touched.size)
      },
    ),
    { numRuns: 30 },
  )
})

test('a page position of another order is refused, not misread', () => {
  const { desk } = makeDesk({ changes: inbox() })
  const { next } = listReports(desk, filterOf({ limit: 2, sort: 'subject' }))
  expect(() => listReports(desk, filterOf({ limit: 2, sort: 'priority', after: next }))).toThrow(
    'another order',
  )
  expect(() => listReports(desk, filterOf({ after: 'x' }))).toThrow('another order')
})

test('search finds by stem and synonym, newest first, and marks the hit in the raw text', () => {
  const { desk } = makeDesk({
    changes: [
      ...reportChanges(1, { body: 'Jalan depan pasar rusak parah.' }),
      ...reportChanges(2, { body: 'Mohon perbaikan, kerusakan jalan makin lebar.' }),
      ...reportChanges(3, { subject: 'Lampu', body: 'Lampu mati.', serviceName: 'Lampu' }),
    ],
  })
  const page = listReports(desk, filterOf({ q: 'rusak' }))
  expect(ids(page)).toEqual([2, 1])
  expect(page.items.map((item) => item.snippet)).toEqual([
    expect.stringContaining('[[kerusakan]]'),
    expect.stringContaining('[[rusak]]'),
  ])
  expect(page.total).toBe(2)
  expect(listReports(desk, filterOf({ q: 'rusak', view: 'closed' })).total).toBe(0)
})

test('neither search nor list gives an anonymous reporter away, nor quotes a confidential text', () => {
  // Verifies PRIV-01
  const canary = { name: 'Kanaria Wamang', phone: '081234567890', email: 'kanaria@example.id' }
  const { desk, feed } = makeDesk({
    changes: [
      ...reportChanges(1, { reporter: canary }, { anonymous: true }),
      ...reportChanges(2, { body: 'rahasia besar tentang proyek' }, { confidential: true }),
      ...reportChanges(3, { reporter: { ...canary, name: 'Terbuka Wamang' } }),
    ],
  })
  for (const q of ['Kanaria', 'kanaria wamang', '081234567890', 'dari:Kanaria', 'dari:Wamang'])
    expect(ids(listReports(desk, filterOf({ q }))).filter((n) => n === 1)).toEqual([])
  expect(JSON.stringify(listReports(desk, filterOf()))).not.toMatch(/Kanaria|081234567890|kanaria@/)
  expect(listReports(desk, filterOf({ q: 'proyek' })).items[0]).toMatchObject({
    confidential: true,
    snippet: null,
  })
  // The flag set later hides the name at once, everywhere.
  expect(listReports(desk, filterOf({ q: 'dari:Terbuka' })).total).toBe(1)
  feed([reportChanges(3, {}, { anonymous: true })[1]!])
  expect(listReports(desk, filterOf({ q: 'dari:Terbuka' })).total).toBe(0)
  expect(JSON.stringify(listReports(desk, filterOf()))).not.toContain('Terbuka')
})

test('unread belongs to the person and comes back when the citizen adds words', () => {
  const { desk, as, feed } = makeDesk({ changes: reportChanges(1) })
  const unread = (who = desk) => listReports(who, filterOf()).items[0]!.unread
  expect(unread()).toBe(true)
  markRead(desk, idOf(1))
  expect(unread()).toBe(false)
  expect(unread(as(people.supervisor))).toBe(true)
  feed([changeOf('report', idOf(1), reportOf(1, { body: 'Tambahan dari warga' }), 2)])
  expect(unread()).toBe(true)
})

test('a number opens its report directly', () => {
  const { desk } = makeDesk({ changes: reportChanges(1, { number: 'PUPR-26-000412' }) })
  for (const q of ['PUPR-26-000412', '#pupr 26 412', ' pupr-26-000412 '])
    expect(findByNumber(desk, q)).toBe(idOf(1))
  for (const q of ['', 'pupr', 'PUPR-26-000413']) expect(findByNumber(desk, q)).toBeNull()
})
