import { expect, test } from 'vitest'
import { enqueue } from '../../electron/core/outbox/enqueue.ts'
import { discard, retry } from '../../electron/core/outbox/decide.ts'
import { MiniDesk, VERIFY } from '../hub/mini-desk.ts'
import { PASSWORD, PEOPLE } from '../hub/small-regency.ts'
import { deskOf, enrolledCore, noLink, realHub, type LinkedCore } from './with-hub.ts'

const items = async (pc: LinkedCore) =>
  (await pc.call('sync.outbox', { open: true })).map(({ kind, state, reason, dependsOn }) => ({
    kind,
    state,
    reason,
    dependsOn,
  }))

// Verifies SYNC-01, SYNC-04, APPR-02
test(
  'an approval behind a refused submission of the same batch is not tried, says what it depends on, and goes after it',
  { timeout: 90_000 },
  async () => {
    const hub = await realHub()
    const number = await hub.report()
    const pc = await enrolledCore(hub)
    await pc.idle()
    const reportId = (await pc.call('reports.list', { view: 'all' })).items[0]!.id
    const payload = { class: 'keluhan', oversight: false, priority: 'high' } as const
    await pc.call('reports.triage', { reportId, action: 'verify', payload })
    await pc.call('sync.now', {})
    await pc.idle()
    pc.link.fault = (request, go) => (request.url.endsWith('/exchange') ? noLink(request, go) : go())
    const draft = { draftId: null, reportId, kind: 'final' as const, attachments: [], replyId: null }
    const { id } = await pc.call('drafts.save', { ...draft, body: 'Sudah ditambal.' })
    const { replyId } = await pc.call('replies.submit', { draftId: id })
    // Another person at the same PC, before anything travels.
    await pc.call('session.signOut', {})
    await pc.call('session.signIn', { personId: PEOPLE.second.id, password: PASSWORD })
    const [waiting] = await pc.call('replies.queue', {})
    await pc.call('replies.approve', { replyId, hash: waiting!.reply.hash })
    // Meanwhile another PC changes the report's privacy: what was submitted is no longer what would be published.
    const other = await MiniDesk.at(hub, 'PUPR', PEOPLE.clerk.id)
    await other.sync()
    const flags = { anonymous: true } as const
    const set = await other.act('report.set_flags', PEOPLE.clerk.id, other.report(number).id, flags)
    expect(set.outcome).toBe('applied')
    pc.link.fault = null
    await pc.call('sync.now', {})
    expect(await items(pc)).toEqual([
      { kind: 'reply.submit', state: 'conflict', reason: 'stale_content', dependsOn: null },
      { kind: 'reply.approve', state: 'queued', reason: 'depends_on', dependsOn: 'reply.submit' },
    ])
    // Nothing is sent again and again, and nothing of it happened.
    const tries = () => deskOf(pc).db.get(`SELECT attempts FROM outbox WHERE kind = 'reply.approve'`)
    expect(tries()).toEqual({ attempts: 1 })
    await pc.call('sync.now', {})
    expect(tries()).toEqual({ attempts: 1 })
    await other.sync()
    expect(other.all('reply')).toEqual([])
    // The submission is given up; what approved it is then judged by itself, visibly.
    const [submission, approval] = await pc.call('sync.outbox', { open: true })
    discard(deskOf(pc), submission!.id)
    await pc.call('sync.now', {})
    expect(await items(pc)).toEqual([
      { kind: 'reply.approve', state: 'rejected', reason: 'unknown_reply', dependsOn: null },
    ])
    discard(deskOf(pc), approval!.id)
    expect(await items(pc)).toEqual([])
  },
)

// Verifies SYNC-04
test(
  'what depends on a refused act goes under its own id once that act is sent again; a waiting one can be given up',
  { timeout: 90_000 },
  async () => {
    const hub = await realHub()
    await hub.report()
    const pc = await enrolledCore(hub)
    await pc.idle()
    const desk = deskOf(pc)
    const reportId = (await pc.call('reports.list', { view: 'all' })).items[0]!.id
    pc.link.fault = noLink
    const queue = (kind: 'report.verify' | 'report.prioritise', payload: object) =>
      enqueue(desk, { kind, reportId, baseVersion: 1, payload } as never).mutationId
    const first = queue('report.verify', VERIFY)
    const second = queue('report.prioritise', { priority: 'urgent' })
    const third = queue('report.prioritise', { priority: 'low' })
    // Unreadable at the hub, as from a build it does not know.
    desk.db.run(`UPDATE outbox SET payload = '{"class":"keluhan"}' WHERE id = ?`, first)
    pc.link.fault = null
    await pc.call('sync.now', {})
    const stateOf = (id: string) => desk.db.get('SELECT state FROM outbox WHERE id = ?', id)
    expect(stateOf(first)).toEqual({ state: 'rejected' })
    expect([stateOf(second), stateOf(third)]).toEqual([{ state: 'queued' }, { state: 'queued' }])
    discard(desk, third)
    desk.db.run('UPDATE outbox SET payload = ? WHERE id = ?', JSON.stringify(VERIFY), first)
    retry(desk, first)
    await pc.call('sync.now', {})
    expect(await items(pc)).toEqual([])
    expect(stateOf(second)).toEqual({ state: 'applied' })
    expect((await pc.call('reports.list', { view: 'all' })).items[0]).toMatchObject({ priority: 'urgent' })
  },
)
