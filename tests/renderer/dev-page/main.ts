import '../../../renderer/bridge/no-eval.ts'
import type { ErrorCode } from '@shared/ipc/errors.ts'
import type { Method } from '@shared/ipc/contract.ts'
import type { Bridge } from '../../../renderer/bridge/window.d.ts'
import { FakeBridge } from '../../fakes/fake-bridge/fake-bridge.ts'
import { fullOffice } from '../../fakes/fake-bridge/full-office.ts'

// The real renderer over the fake bridge: `?count=60&person=0&theme=dark&text=150&locale=en&phase=locked&fail=reports.list:db_busy`.
const ask = new URLSearchParams(location.search)
const number = (name: string, otherwise: number) => Number(ask.get(name) ?? otherwise)

// `full`: answers, letters and acts in every state.
const bridge = new FakeBridge(
  { count: number('count', 60), person: number('person', 0) },
  ask.has('full') ? fullOffice : undefined,
)
const { world } = bridge
bridge.delayMs = number('delay', 0)
world.preferences = {
  locale: ask.get('locale') === 'en' ? 'en' : 'id',
  theme: (ask.get('theme') ?? 'light') as 'light' | 'dark',
  textSize: number('text', 100) as 100 | 150,
  density: ask.get('density') === 'compact' ? 'compact' : 'comfortable',
}
const phase = ask.get('phase')
if (phase) {
  world.status = {
    ...world.status,
    phase: phase as 'locked',
    person: null,
    progress: phase === 'setting_up' ? { step: 'reports', done: 0.42 } : null,
    problem:
      phase === 'broken'
        ? { code: ask.get('code') ?? 'db_corrupt', detail: 'C:\\Users\\Kantor\\AppData\\Meja Lapor\\desk.db' }
        : null,
  }
}
if (ask.get('sync') === 'offline')
  world.sync = {
    ...world.sync,
    phase: 'offline',
    problem: 'hub_unreachable',
    queued: 7,
    lastSyncedAt: Date.now() - 26 * 3_600_000,
  }
for (const entry of ask.getAll('fail')) {
  const [method, code] = entry.split(':')
  bridge.fail(method as Method, code as ErrorCode)
}
for (const method of ask.getAll('hang')) bridge.hang(method as Method)

window.bridge = bridge as Bridge
Object.assign(window, { fake: bridge })

// No `lampiran:` protocol here: pictures come from the practice photos.
const photos = Object.values(
  import.meta.glob('../../../resources/practice/photos/*.jpg', {
    eager: true,
    query: '?url',
    import: 'default',
  }),
) as string[]
const replace = () => {
  for (const image of document.querySelectorAll<HTMLImageElement>('img[src^="lampiran:"]'))
    image.src = photos[Number.parseInt(image.src.slice(-4), 16) % photos.length] ?? ''
}
new MutationObserver(replace).observe(document, {
  subtree: true,
  childList: true,
  attributes: true,
  attributeFilter: ['src'],
})

await import('../../../renderer/main.tsx')
