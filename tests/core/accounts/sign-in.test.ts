import { expect, test } from 'vitest'
import { FAKE_PASSWORD } from '../../fakes/fake-hub.ts'
import { enqueue } from '../../../electron/core/outbox/enqueue.ts'
import { idOf, people } from '../sample.ts'
import { clerksPc, enrolledPc } from './with-fake-hub.ts'

const clerk = { personId: people.clerk.id, password: FAKE_PASSWORD }
const supervisor = { personId: people.supervisor.id, password: FAKE_PASSWORD }

test('the first sign-in of a person needs the hub, every later one does not', async () => {
  const pc = await enrolledPc()
  pc.link.up = false
  expect(await pc.refusal('session.signIn', clerk)).toBe('password_unknown_here')
  pc.link.up = true
  expect(await pc.call('session.signIn', clerk)).toMatchObject({
    phase: 'ready',
    person: { id: people.clerk.id },
  })
  pc.link.up = false
  const later = pc.again()
  expect((await later.call('app.status', {})).people.filter((p) => p.knownHere).map((p) => p.id)).toEqual([
    people.clerk.id,
  ])
  expect(await later.refusal('session.signIn', { ...clerk, password: 'bukan ini' })).toBe('wrong_password')
  expect(await later.refusal('session.signIn', supervisor)).toBe('password_unknown_here')
  expect(await later.call('session.signIn', clerk)).toMatchObject({ phase: 'ready' })
})

test('a wrong password is wrong with a link too, and opens nothing', async () => {
  const pc = await enrolledPc()
  expect(await pc.refusal('session.signIn', { ...clerk, password: 'bukan ini' })).toBe('wrong_password')
  expect((await pc.call('app.status', {})).phase).toBe('locked')
  expect(await pc.refusal('session.signIn', { ...clerk, personId: idOf(77) })).toBe('not_found')
})

test('a locked desk answers nothing but its status', async () => {
  const pc = await clerksPc()
  expect((await pc.call('session.signOut', {})).phase).toBe('locked')
  for (const refused of [
    pc.refusal('reports.counts', {}),
    pc.refusal('people.list', {}),
    pc.refusal('sync.outbox', { open: true }),
    pc.refusal('letters.profile', {}),
  ])
    expect(await refused).toBe('locked')
  expect(pc.core.readAttachment('a'.repeat(64))).toBeNull()
  expect(await pc.refusal('session.signIn', { ...clerk, password: 'bukan ini' })).toBe('wrong_password')
  await pc.call('session.signIn', clerk)
  expect(await pc.refusal('session.signIn', supervisor)).toBe('wrong_state')
})

test('a new password works as soon as the hub has said so, and replaces the old one here', async () => {
  const pc = await clerksPc()
  pc.hub.password = 'kata sandi baru'
  await pc.call('session.signOut', {})
  pc.link.up = false
  expect(await pc.refusal('session.signIn', { ...clerk, password: 'kata sandi baru' })).toBe('wrong_password')
  pc.link.up = true
  await pc.call('session.signIn', { ...clerk, password: 'kata sandi baru' })
  await pc.call('session.signOut', {})
  pc.link.up = false
  expect(await pc.refusal('session.signIn', clerk)).toBe('wrong_password')
  expect(await pc.call('session.signIn', { ...clerk, password: 'kata sandi baru' })).toMatchObject({
    phase: 'ready',
  })
})

test('acts of a person whose session ended wait, and go after they sign in at the hub again', async () => {
  // Verifies SYNC-01
  const pc = await clerksPc()
  const desk = pc.core.desk()!
  desk.db.run('DELETE FROM sessions')
  pc.link.up = false
  await pc.call('session.signOut', {})
  await pc.call('session.signIn', clerk)
  const act = {
    kind: 'report.prioritise',
    reportId: idOf(1),
    baseVersion: 1,
    payload: { priority: 'high' },
  } as const
  enqueue(pc.core.desk()!, act)
  expect(await pc.call('sync.now', {})).toMatchObject({ phase: 'offline', needsPerson: 1 })
  pc.link.up = true
  // The password given at the sign-in is still there to renew the session with.
  expect(await pc.call('sync.now', {})).toMatchObject({ phase: 'idle', queued: 0, needsPerson: 0 })
  expect(pc.hub.effects).toHaveLength(1)
})

test('two people share a PC: each sees their own name, the acts of both go up', async () => {
  const pc = await clerksPc()
  const act = {
    kind: 'report.prioritise',
    reportId: idOf(1),
    baseVersion: 1,
    payload: { priority: 'high' },
  } as const
  pc.link.up = false
  enqueue(pc.core.desk()!, act)
  await pc.call('session.signOut', {})
  pc.link.up = true
  await pc.call('session.signIn', supervisor)
  enqueue(pc.core.desk()!, { ...act, reportId: idOf(2) })
  await pc.call('sync.now', {})
  expect(pc.hub.effects.map((effect) => effect.personId)).toEqual([people.clerk.id, people.supervisor.id])
  expect(
    pc.core
      .desk()!
      .db.all('SELECT action, person_id AS person FROM audit WHERE action = ? ORDER BY n', 'session.sign_in'),
  ).toEqual([
    { action: 'session.sign_in', person: people.clerk.id },
    { action: 'session.sign_in', person: people.supervisor.id },
  ])
})

test('a hub restored from an older copy gets back what it had acknowledged, and the desk a fresh mirror', async () => {
  // Verifies SYNC-01, SYNC-02
  const pc = await clerksPc()
  const act = {
    kind: 'report.prioritise',
    reportId: idOf(1),
    baseVersion: 1,
    payload: { priority: 'high' },
  } as const
  enqueue(pc.core.desk()!, act)
  enqueue(pc.core.desk()!, { ...act, reportId: idOf(2) })
  await pc.call('sync.now', {})
  expect(pc.hub.effects).toHaveLength(2)
  pc.hub.restore(1)
  expect(await pc.call('sync.now', {})).toMatchObject({ phase: 'idle', queued: 0, mirrorComplete: true })
  expect(pc.hub.effects.map((effect) => effect.reportId)).toEqual([idOf(1), idOf(2)])
})
