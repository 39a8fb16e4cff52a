import { expect, test, vi } from 'vitest'
import { addressesOf, watchNetwork } from '../../electron/shell/network-watch.ts'
import { enrolledCore, noLink, realHub } from './with-hub.ts'

const nic = (...addresses: string[]) =>
  addresses.map((address) => ({ address, internal: address === '127.0.0.1' }))

test('another way to the network is told once, its loss and link-local addresses are not', () => {
  let now = { lo: nic('127.0.0.1'), wlan0: nic('192.168.1.7', 'fe80::1') }
  let look = () => {}
  let told = 0
  const stop = watchNetwork(
    () => now,
    () => told++,
    (_ms, run) => ((look = run), () => (look = () => {})),
  )
  const see = (next: typeof now) => {
    now = next
    look()
    return told
  }
  expect(see(now)).toBe(0)
  expect(see({ lo: nic('127.0.0.1'), wlan0: nic('192.168.1.7', 'fe80::2') })).toBe(0)
  expect(see({ lo: nic('127.0.0.1'), wlan0: nic('169.254.3.3') })).toBe(0)
  // The same network again after a loss: what was open is gone all the same.
  expect(see({ lo: nic('127.0.0.1'), wlan0: nic('192.168.1.7') })).toBe(1)
  expect(see({ lo: nic('127.0.0.1'), wlan0: nic('10.0.0.2') })).toBe(2)
  stop()
  expect(see({ lo: nic('127.0.0.1'), wlan0: nic('10.0.0.3') })).toBe(2)
  expect(addressesOf({ lo: nic('127.0.0.1') })).toBe('')
})

// Verifies SYNC-05
test.each(['network', 'resume'] as const)(
  'after %s an exchange is tried at once, on new sockets, however long the wait was',
  async (event) => {
    const hub = await realHub()
    const dropped = vi.fn<() => void>()
    const pc = await enrolledCore(hub)
    await pc.idle()
    pc.host.dropConnections = dropped
    pc.link.fault = noLink
    for (let i = 0; i < 4; i++) await pc.call('sync.now', {})
    expect(await pc.call('sync.status', {})).toMatchObject({ phase: 'offline', problem: 'hub_unreachable' })
    pc.link.fault = null
    // The test's clock stands still: no timer brings this about.
    pc.core.power(event)
    await vi.waitFor(async () =>
      expect(await pc.call('sync.status', {})).toMatchObject({ phase: 'idle', problem: null }),
    )
    expect(dropped).toHaveBeenCalled()
  },
)
