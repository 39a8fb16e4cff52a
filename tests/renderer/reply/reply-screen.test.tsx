// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import ReplyScreen from '../../../renderer/features/reply/screen.tsx'
import { go, locationNow } from '../../../renderer/navigation.ts'
import { FakeBridge } from '../../fakes/fake-bridge/fake-bridge.ts'
import { fullOffice } from '../../fakes/fake-bridge/full-office.ts'
import { uuid } from '../../fakes/fake-bridge/office.ts'
import { NOW, renderOver } from '../support/render-app.tsx'

const WATER = 1
const RETURNED = 2
const PUBLISHED = 4

async function answering(story: number, params: Record<string, string> = {}) {
  const bridge = new FakeBridge({ count: 12, person: 0, now: NOW }, fullOffice)
  go('reply', { report: uuid(1000 + story), ...params })
  const over = renderOver(<ReplyScreen />, bridge)
  const area = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Isi jawaban' })
  const sent = (method: string) =>
    bridge.calls.filter((call) => call.method === method).map((call) => call.input)
  return { ...over, area, sent, fake: bridge.world.reports[story]! }
}

// Verifies DRAFT-01
test('what is typed is saved by itself as one record, and the screen says so', async () => {
  const { user, area, sent, fake } = await answering(PUBLISHED)
  await user.type(area, 'Jembatan selesai.')
  await screen.findByText(/^Draf tersimpan \d\d\.\d\d\.\d\d$/)
  await waitFor(() => expect(fake.drafts).toHaveLength(1))
  expect(fake.drafts[0]).toMatchObject({ body: 'Jembatan selesai.', kind: 'final', authorId: uuid(1) })
  const before = sent('drafts.save').length
  await user.type(area, ' Terima kasih.')
  await waitFor(() => expect(fake.drafts[0]?.body).toBe('Jembatan selesai. Terima kasih.'))
  expect(fake.drafts).toHaveLength(1)
  expect(sent('drafts.save').length).toBeGreaterThan(before)
})

// Verifies DRAFT-01
test('leaving the screen at once still saves the last letters', async () => {
  const { user, area, fake, unmount } = await answering(PUBLISHED)
  await user.type(area, 'Belum disimpan')
  unmount()
  await waitFor(() => expect(fake.drafts[0]?.body).toBe('Belum disimpan'))
})

// Verifies DRAFT-01
test('a failed save keeps the text, says so, and nothing can be sent past it', async () => {
  const { user, area, bridge, sent } = await answering(PUBLISHED)
  bridge.fail('drafts.save', 'disk_full')
  await user.type(area, 'Jembatan selesai.')
  await screen.findByText(/Draf belum tersimpan\. Teks Anda tetap ada/)
  await user.click(screen.getByRole('button', { name: /Kirim untuk persetujuan/ }))
  await screen.findByText(/belum dikirim/)
  expect(sent('replies.submit')).toEqual([])
  expect(area.value).toBe('Jembatan selesai.')
})

// Verifies DRAFT-01
test('a colleague’s draft is shown and never written over', async () => {
  const { user, area, fake } = await answering(WATER)
  const hers = fake.drafts.find((draft) => draft.authorId === uuid(2))!
  expect(await screen.findByText(/Pompa sudah diganti hari Kamis/)).toBeTruthy()
  await user.clear(area)
  await user.type(area, 'Draf saya')
  await waitFor(() => expect(fake.drafts.find((draft) => draft.authorId === uuid(1))?.body).toBe('Draf saya'))
  expect(fake.drafts.find((draft) => draft.id === hers.id)?.body).toBe(hers.body)
})

test('a returned answer shows the reason and starts from its text', async () => {
  const { area } = await answering(RETURNED)
  expect(screen.getByText(/Sebutkan tanggal pengerukan/)).toBeTruthy()
  expect(area.value).toContain('Terima kasih atas laporan Anda.')
})

// Verifies PRIV-01
test('findings must be looked at before the answer goes to the supervisor', async () => {
  const { user, sent } = await answering(WATER)
  await screen.findByText('2 temuan')
  await user.click(screen.getByRole('button', { name: /Kirim untuk persetujuan/ }))
  const dialog = await screen.findByRole('alertdialog')
  await within(dialog).findByText('081240556677')
  await user.click(within(dialog).getByRole('button', { name: 'Kirim' }))
  expect(sent('replies.submit')).toEqual([])
  await user.click(within(dialog).getByRole('checkbox'))
  await user.click(within(dialog).getByRole('button', { name: 'Kirim' }))
  await waitFor(() => expect(sent('replies.submit')).toHaveLength(1))
  await waitFor(() => expect(locationNow().place).toBe('inbox'))
})

test('refused files are named with what to do, the rest is attached', async () => {
  const { user } = await answering(PUBLISHED)
  await user.click(screen.getByRole('button', { name: 'Lampirkan berkas' }))
  expect(await screen.findByText('2 berkas tidak dilampirkan')).toBeTruthy()
  expect(screen.getByText(/video-lokasi\.mp4: bukan JPEG/)).toBeTruthy()
  expect(screen.getAllByText('Berita acara pemeriksaan.pdf').length).toBeGreaterThan(0)
})
