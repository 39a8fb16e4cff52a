import { expect } from '@playwright/test'
import { selfSigned } from '../link/certificate.ts'
import { openForwardProxy } from '../link/forward-proxy.ts'
import { test } from './support/fixtures.ts'
import { outboxEmpty, syncState } from './support/office-steps.ts'
import * as steps from './support/steps.ts'
import { expectTold, keepSight } from './support/telling.ts'

const SUBJECT = 'Pagar jembatan Selamat Datang patah'

// Verifies SYNC-01, SYNC-05
test('through an office proxy to a hub with TLS: a password asked for and a certificate put in between are named', async ({
  citizen,
  hub,
  gate,
  launch,
}) => {
  await citizen.file({ service_code: 'jembatan', description: `${SUBJECT}. Berbahaya malam hari.` })
  const own = selfSigned('hub uji')
  const link = await gate(own)
  const proxy = await openForwardProxy()
  try {
    proxy.letThrough(true)
    const desk = await launch('tls', {
      switches: [
        // Only this one key is believed without an authority; every other certificate is judged as in an office.
        `--ignore-certificate-errors-spki-list=${own.spki}`,
        `--proxy-server=${proxy.address}`,
        '--proxy-bypass-list=<-loopback>',
      ],
    })
    await steps.enrol(desk, { ...hub, url: link.url })
    await steps.signIn(desk, steps.CLERK)
    await steps.openReport(desk, SUBJECT)
    await outboxEmpty(desk)
    expect(proxy.seen.passed).toBeGreaterThan(0)
    expect(proxy.seen.refused).toBe(0)
    const proven = (await syncState(desk)).lastSyncedAt
    const unsent = { lastSyncedAt: proven, queued: 1, phase: 'offline' }

    proxy.letThrough(false)
    await steps.verifyByKeyboard(desk)
    await steps.syncNow(desk)
    await expect.poll(() => syncState(desk)).toMatchObject({ ...unsent, problem: 'proxy_login' })
    expect(proxy.seen.refused).toBeGreaterThan(0)
    await expectTold(desk, 'proxy_login')
    await keepSight(desk, 'proksi')

    proxy.letThrough(true)
    for (const [name, other] of [
      ['disadap', selfSigned('Kotak pengaman kantor')],
      ['kedaluwarsa', selfSigned('hub uji', { fromDays: -90, toDays: -2 })],
    ] as const) {
      link.present(other)
      await steps.syncNow(desk)
      await expect.poll(() => syncState(desk), name).toMatchObject({ ...unsent, problem: 'tls_untrusted' })
      await expectTold(desk, 'tls_untrusted')
      await keepSight(desk, name)
    }

    link.present(own)
    await steps.syncNow(desk)
    await outboxEmpty(desk)
    expect((await syncState(desk)).lastSyncedAt).toBeGreaterThan(proven!)
  } finally {
    await proxy.close()
  }
})
