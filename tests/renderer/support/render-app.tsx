import { QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, render } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { afterEach, beforeEach } from 'vitest'
import { watchStale } from '../../../renderer/bridge/invalidation.ts'
import { createQueryClient } from '../../../renderer/bridge/query-client.ts'
import type { Bridge } from '../../../renderer/bridge/window.d.ts'
import { startWords } from '../../../renderer/i18n/setup.ts'
import { go } from '../../../renderer/navigation.ts'
import { FakeBridge } from '../../fakes/fake-bridge/fake-bridge.ts'

/** Tuesday 24 November 2026, 10.00 WIT: the fake reports' ages count from here. */
export const NOW = Date.UTC(2026, 10, 24, 1, 0)

// The DOM of the tests has no layout; a virtual list needs a height to show rows in.
beforeEach(() => {
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 720 })
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => 560 })
  startWords('id')
})
afterEach(() => {
  cleanup()
  go('inbox', {})
})

/** Renders over a fake bridge; answers the bridge, the keyboard and the screen. */
export function renderOver(node: ReactNode, bridge = new FakeBridge({ count: 40, now: NOW })) {
  bridge.world.now = () => NOW
  window.bridge = bridge as Bridge
  const client = createQueryClient()
  const stop = watchStale(client)
  const view = render(<QueryClientProvider client={client}>{node}</QueryClientProvider>)
  return {
    bridge,
    user: userEvent.setup(),
    ...view,
    stop,
    settle: () => act(async () => new Promise((done) => setTimeout(done, 20))),
  }
}
