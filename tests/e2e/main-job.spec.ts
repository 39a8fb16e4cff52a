import { expect, test } from '@playwright/test'
import { citizenOf } from './support/citizen.ts'
import { launchDesk } from './support/desk-app.ts'
import { startHubProcess } from './support/hub-process.ts'
import {
  answer,
  approve,
  CLERK,
  dispose,
  enrol,
  openReport,
  signIn,
  SUPERVISOR,
  syncNow,
  verifyByKeyboard,
} from './support/steps.ts'

const SUBJECT = 'Jalan masuk Timika Indah 2 berlubang'
const ANSWER =
  'Terima kasih atas laporan Saudara. Lubang di jalan masuk Timika Indah 2 ditambal pada 20 November.'

// Verifies APPR-01, APPR-02, PRIV-01, SYNC-01
test('a report travels from a citizen to a published answer over two PCs', async () => {
  const hub = await startHubProcess()
  const citizen = citizenOf(hub.url)
  const number = await citizen.file({
    service_code: 'jalan-rusak',
    description: `${SUBJECT}. Kalau hujan tergenang, motor sudah dua kali jatuh.`,
    first_name: 'Samaria',
    last_name: 'Contohwati',
    phone: '0812-0000-4411',
    'attribute[anonymous]': 'true',
  })
  const clerk = await launchDesk('petugas')
  await enrol(clerk, hub)
  await signIn(clerk, CLERK)
  await openReport(clerk, SUBJECT)
  await clerk.page.screenshot({ path: '/tmp/e2e/1-report.png' })
  await verifyByKeyboard(clerk)
  await clerk.page.screenshot({ path: '/tmp/e2e/2-verified.png' })
  await dispose(clerk, 'Cek lokasi dan jadwalkan penambalan.')
  await clerk.page.screenshot({ path: '/tmp/e2e/3-disposed.png' })
  await clerk.page.getByRole('button', { name: 'Nanti saja' }).click()
  await answer(clerk, ANSWER)
  await clerk.page.screenshot({ path: '/tmp/e2e/4-answer.png' })
  await syncNow(clerk)

  const supervisor = await launchDesk('atasan')
  await enrol(supervisor, hub)
  await signIn(supervisor, SUPERVISOR)
  expect(await citizen.updates(number)).toEqual([])
  await approve(supervisor, ANSWER)
  await supervisor.page.screenshot({ path: '/tmp/e2e/5-approved.png' })
  await expect(async () => {
    const updates = await citizen.updates(number)
    expect(updates.map((u) => u.description).join('\n')).toContain(ANSWER)
  }).toPass()
  const seen = await citizen.everything(number)
  for (const canary of ['Samaria', 'Contohwati', '0812-0000-4411']) expect(seen).not.toContain(canary)
  expect([...clerk.complaints, ...supervisor.complaints]).toEqual([])
  await clerk.close()
  await supervisor.close()
  await hub.kill()
})
