import type { Handlers } from '@shared/ipc/contract.ts'
import { AppError } from '@shared/ipc/errors.ts'
import { AGENCIES, OFFICE_LISTS, PEOPLE } from './office.ts'
import type { World } from './world.ts'

/** Status, people, sync: everything that is not a report. */
export function deskHandlers(world: World) {
  const enter = (personId: string) => {
    const person = PEOPLE.find((one) => one.id === personId)
    if (!person) throw new AppError('not_found')
    world.person = person
    world.status = { ...world.status, phase: 'ready', person }
    world.stale('app', 'reports')
    return world.status
  }
  const queued = () => world.reports.reduce((sum, fake) => sum + fake.outbox.length, 0)
  return {
    'app.status': () => world.status,
    'app.preferences': () => world.preferences,
    'app.setPreferences': (preferences) => {
      world.preferences = preferences
      world.stale('app')
      return preferences
    },
    'setup.startPractice': () => {
      world.status = { ...world.status, phase: 'setting_up', progress: { step: 'reports', done: 0.4 } }
      world.stale('app')
      return {}
    },
    'setup.enrol': ({ hubUrl, code }) => {
      if (!/^https?:\/\/\S+$/.test(hubUrl)) throw new AppError('bad_address')
      if (code === 'PAKAI-LAMA') throw new AppError('code_used')
      world.status = { ...world.status, phase: 'locked', practice: false }
      world.stale('app')
      return world.status
    },
    'setup.rebuild': () => world.status,
    'setup.recheck': () => world.status,
    'setup.recoverySeen': () => {
      world.status = { ...world.status, recovery: null }
      world.stale('app')
      return {}
    },
    'session.signIn': ({ personId, password }) => {
      if (password !== 'benar') throw new AppError('wrong_password')
      return enter(personId)
    },
    'session.signOut': () => {
      world.status = { ...world.status, phase: 'locked', person: null }
      world.stale('app')
      return world.status
    },
    'session.switchPractice': ({ personId }) => enter(personId),
    'people.list': () => [...PEOPLE],
    'agencies.list': () => [...AGENCIES],
    'office.lists': () => OFFICE_LISTS,
    'sync.status': () => ({ ...world.sync, queued: world.sync.queued + queued() }),
    'sync.now': () => world.sync,
    'sync.outbox': () => world.reports.flatMap((fake) => fake.outbox),
    'sync.log': () => [],
    'drafts.mine': () => [],
    'drafts.orphaned': () => [],
    'replies.queue': () => [],
    'letters.list': () => [],
  } satisfies Partial<Handlers>
}
