import { copyFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { expectAccessible } from './support/desk-app.ts'
import { test } from './support/fixtures.ts'
import { outboxEmpty, statusLine, syncState } from './support/office-steps.ts'
import { inkOf } from './support/pdf.ts'
import { savePdfBy } from './support/save-pdf.ts'
import * as steps from './support/steps.ts'
import { keepSight } from './support/telling.ts'

const { words } = steps
const sync = words['sync-center']
const MINUTE = 60_000
const SUBJECT = 'Lampu jalan Hasanuddin padam'

// Verifies SYNC-05, CLOCK-01
test('an outage is listed while it lasts and after it, found from the menu, and stated on one page; a wrong clock is said', async ({
  citizen,
  pcOf,
  launch,
}) => {
  test.setTimeout(180_000)
  await citizen.file({ service_code: 'jalan-rusak', description: `${SUBJECT}. Gelap.` })
  const first = await pcOf('gangguan', steps.CLERK)
  const { userData, gate } = first
  await outboxEmpty(first)
  await first.close()
  gate.set('closed')
  // The clock of the PC is put forward at each start: minutes of an outage go by in seconds.
  const at = async (minutes: number) => {
    const env = { MEJA_CLOCK_OFFSET_MS: String(minutes * MINUTE) }
    const desk = await launch('gangguan', { userData, env })
    await steps.signIn(desk, steps.CLERK)
    await expect.poll(async () => (await syncState(desk)).phase).toBe('offline')
    return desk
  }
  await (await at(9)).close()
  const desk = await at(21)
  const { page } = desk

  // Found where a person looks for a paper: in the menu.
  await desk.app.evaluate(({ Menu }, label) => {
    const item = Menu.getApplicationMenu()!
      .items.flatMap(({ submenu }) => submenu?.items ?? [])
      .find((one) => one.label.startsWith(label))!
    item.click()
  }, words.letters.outages)
  await expect(page.getByRole('tab', { name: sync.link })).toHaveAttribute('aria-selected', 'true')
  const outages = page.getByRole('table', { name: sync.outages.title })
  await expect(outages.getByRole('row')).toHaveCount(2)
  await expect(outages).toContainText(sync.outages.still)
  await expect(outages).toContainText(/[^j] ?2[1-3] mnt/)
  await expect(outages).toContainText(sync.result.hub_unreachable)
  await expect(page.getByText(sync.outages.perDay)).toBeVisible()
  await keepSight(desk, 'belum-pulih')

  gate.set('open')
  await page.getByRole('button', { name: sync.syncNow }).click()
  await outboxEmpty(desk)
  await expect(outages).not.toContainText(sync.outages.still)
  const log = page.getByRole('table').last()
  await expect(log.getByRole('row').nth(1)).toContainText(sync.result.ok)
  await keepSight(desk, 'pulih')
  await expectAccessible(page, 'link log')

  const { file, pdf } = await savePdfBy(desk, sync.outages.statement, sync.outages.saved)
  expect(pdf.pages).toHaveLength(1)
  expect(Math.abs(pdf.sizes[0]!.width - 210)).toBeLessThan(0.6)
  expect(Math.abs(pdf.sizes[0]!.height - 297)).toBeLessThan(0.6)
  for (const part of ['KETERANGAN GANGGUAN SAMBUNGAN', 'Hub tidak terjangkau', 'Cara menghitung', '1 kali'])
    expect(pdf.text).toContain(part)
  expect(pdf.text).toContain('jam komputer ini, yang terakhir 21 menit lebih cepat daripada jam hub')
  expect(pdf.text).toMatch(/seluruhnya 2[1-3] menit/)
  expect(pdf.text).toContain('Dinas Pekerjaan Umum')
  for (const personal of [SUBJECT, steps.CLERK, 'PC gangguan']) expect(pdf.text).not.toContain(personal)
  for (const ink of await inkOf(file)) expect(ink).toBeGreaterThan(0.01)
  await copyFile(file, test.info().outputPath('keterangan.pdf'))

  // The clock that ran ahead is said, with what it does not touch.
  await expect(statusLine(desk)).toContainText(/jam komputer berbeda 21 menit dari hub/)
  await page.getByRole('tab', { name: sync.integrity }).click()
  const told = page.getByRole('tabpanel')
  await expect(told).toContainText(sync.clock.ahead.replace('{{amount}}', '21 menit'))
  await expect(told).toContainText(sync.clock.safe)
  await keepSight(desk, 'jam-salah')
})
