import type { Handlers } from '@shared/ipc/contract.ts'
import type { OutboxItem } from '@shared/ipc/views.ts'
import { PEOPLE, uuid } from './office.ts'
import type { World } from './world.ts'

const HOUR = 3_600_000

/** A ledger with an act in every state, a link log with an outage, and the record's check. */
export function syncHandlers(world: World) {
  const now = world.now()
  const act = (
    n: number,
    kind: string,
    state: OutboxItem['state'],
    part: Partial<OutboxItem> = {},
  ): OutboxItem => {
    const fake = world.reports[n % Math.max(1, world.reports.length)]
    const sent = !['held', 'queued', 'signed_out'].includes(state)
    return {
      id: uuid(920_000 + n),
      kind,
      reportId: fake?.report.id ?? null,
      reportNumber: fake?.report.number ?? null,
      reportSubject: fake?.report.subject ?? null,
      personName: PEOPLE[n % 3]!.name,
      madeAt: now - (20 - n) * 0.3 * HOUR,
      state,
      carrier: sent ? 'https' : null,
      attempts: sent ? 1 : 0,
      sentAt: sent ? now - (19 - n) * 0.3 * HOUR : null,
      receiptAt:
        state === 'applied' || state === 'rejected' || state === 'conflict'
          ? now - (19 - n) * 0.3 * HOUR + 900
          : null,
      reason: null,
      conflict: null,
      dependsOn: null,
      editable: false,
      ...part,
    }
  }
  let items: OutboxItem[] = world.reports.length
    ? [
        act(4, 'report.classify', 'conflict', {
          reason: 'changed',
          conflict: [
            { field: 'class', mine: 'pengaduan', hub: 'keluhan' },
            { field: 'oversight', mine: true, hub: false },
            { field: 'assigneeId', mine: PEOPLE[0]!.id, hub: PEOPLE[1]!.id },
          ],
        }),
        act(7, 'reply.approve', 'rejected', { reason: 'stale_content' }),
        act(8, 'report.dispose', 'signed_out', { reason: 'session_expired' }),
        act(10, 'report.verify', 'sending', { attempts: 3 }),
        act(11, 'reply.submit', 'queued'),
        act(12, 'letter.issue', 'queued', { attempts: 4, sentAt: now - 0.1 * HOUR, carrier: 'https' }),
        act(13, 'report.note', 'held'),
        act(1, 'reply.submit', 'applied'),
        act(2, 'report.verify', 'applied'),
        act(3, 'register.lease', 'applied', { reportId: null, reportNumber: null, reportSubject: null }),
        act(0, 'report.propose_archive', 'discarded'),
      ]
    : []
  const drop = (mutationId: string, state: OutboxItem['state']) => {
    items = items.map((item) =>
      item.id === mutationId ? { ...item, state, conflict: null, reason: null } : item,
    )
    world.stale('outbox', 'sync')
    return {}
  }
  const isOpen = (item: OutboxItem) => item.state !== 'applied' && item.state !== 'discarded'
  return {
    'sync.status': () => ({
      ...world.sync,
      queued: items.filter((item) => ['held', 'queued', 'sending'].includes(item.state)).length,
      needsPerson: items.filter((item) => ['conflict', 'rejected', 'signed_out'].includes(item.state)).length,
    }),
    'sync.now': () => {
      world.sync = { ...world.sync, lastSyncedAt: world.now() }
      world.stale('sync')
      return world.sync
    },
    'sync.outbox': ({ open }) => [
      ...world.reports.flatMap((fake) => fake.outbox),
      ...items.filter((item) => !open || isOpen(item)),
    ],
    'sync.log': () =>
      world.reports.length
        ? Array.from({ length: 24 }, (_, n) => ({
            id: n,
            at: now - n * 0.7 * HOUR,
            carrier: 'https',
            result: n > 4 && n < 9 ? (n === 6 ? 'login_page' : 'hub_unreachable') : 'ok',
            sent: n > 4 && n < 9 ? 0 : n % 4,
            received: n > 4 && n < 9 ? 0 : (n * 7) % 30,
            bytesUp: 900 + n * 130,
            bytesDown: n > 4 && n < 9 ? 0 : 2_400 + n * 5_130,
            durationMs: 340 + ((n * 977) % 9000),
          }))
        : [],
    'sync.outages': ({ days }) => ({
      since: now - days * 24 * HOUR,
      until: now,
      totalMs: world.reports.length ? 3.5 * HOUR : 0,
      outages: world.reports.length
        ? [
            {
              from: now - 9 * HOUR,
              to: now - 5.5 * HOUR,
              watchedMs: 3.5 * HOUR,
              unwatchedMs: 0,
              tries: 43,
              reasons: ['hub_unreachable', 'login_page'],
            },
          ]
        : [],
      days: world.reports.length ? [{ date: '2026-11-24', ms: 3.5 * HOUR, outages: 1 }] : [],
    }),
    'sync.statement': () => ({ saved: true }),
    'sync.fetchFiles': () => {
      world.sync = { ...world.sync, bytes: { ...world.sync.bytes, paused: null } }
      world.stale('sync')
      return world.sync
    },
    'sync.setDailyLimit': ({ bytes }) => {
      world.sync = { ...world.sync, bytes: { ...world.sync.bytes, limit: bytes } }
      world.stale('sync')
      return world.sync
    },
    'sync.setOriginals': ({ originals }) => {
      world.sync = { ...world.sync, bytes: { ...world.sync.bytes, originals } }
      world.stale('sync')
      return world.sync
    },
    'sync.resolve': ({ mutationId, choice }) => drop(mutationId, choice === 'mine' ? 'queued' : 'discarded'),
    'sync.retry': ({ mutationId }) => drop(mutationId, 'queued'),
    'sync.discard': ({ mutationId }) => drop(mutationId, 'discarded'),
    'audit.verify': () => ({ entries: 1284, intact: true, brokenAt: null, anchoredThrough: 1279 }),
    'setup.createEnrolmentCode': () => ({
      code: 'K7Q2-94MF-TRXA',
      expiresAt: world.now() + 24 * HOUR,
      hubUrl: 'https://hub.contoh.go.id',
    }),
  } satisfies Partial<Handlers>
}
