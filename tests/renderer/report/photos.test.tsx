// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Toasts } from '../../../renderer/components/toast.tsx'
import { Photos } from '../../../renderer/features/report/photos.tsx'
import { answerHandlers } from '../../fakes/fake-bridge/answer-handlers.ts'
import { FakeBridge } from '../../fakes/fake-bridge/fake-bridge.ts'
import { NOW, renderOver } from '../support/render-app.tsx'

const SMALL = 'a'.repeat(64)
const LARGE = 'b'.repeat(64)
const attachments = [
  { sha256: SMALL, mime: 'image/jpeg' as const, size: 412_000, name: 'kecil.jpg' },
  { sha256: LARGE, mime: 'image/jpeg' as const, size: 3_400_000, name: 'besar.jpg' },
]

function strip(where: 'hub' | 'here', phase: 'idle' | 'offline' = 'idle') {
  const bridge = new FakeBridge({ count: 3, now: NOW }, answerHandlers)
  bridge.world.sync = { ...bridge.world.sync, phase }
  if (where === 'hub') for (const { sha256 } of attachments) bridge.world.originals.set(sha256, 'hub')
  const { id } = bridge.world.reports[0]!.report
  const over = renderOver(
    <>
      <Photos reportId={id} attachments={attachments} />
      <Toasts />
    </>,
    bridge,
  )
  const open = async (name: RegExp) => {
    await over.user.click(await screen.findByRole('button', { name }))
    return within(await screen.findByRole('dialog'))
  }
  return { ...over, open, id }
}

test('a photo whose original is at the hub shows its small picture and what it costs; a large one waits for a person', async () => {
  const { open, user, bridge, container } = strip('hub')
  const dialog = await open(/Lihat foto 2 dari 2, foto asli belum diunduh \(3,4 MB\)/)
  expect([...container.querySelectorAll('.photos img')].map((img) => img.getAttribute('src'))).toEqual([
    `lampiran://k/${SMALL}`,
    `lampiran://k/${LARGE}`,
  ])
  expect(dialog.getByRole('img').getAttribute('src')).toBe(`lampiran://k/${LARGE}`)
  expect(dialog.getByText('Foto asli belum diunduh (3,4 MB).')).toBeTruthy()
  expect(bridge.world.originals.get(LARGE)).toBe('hub')
  await user.click(dialog.getByRole('button', { name: 'Unduh' }))
  expect(await dialog.findByText('Foto asli (3,4 MB) sedang diunduh…')).toBeTruthy()
  bridge.world.originals.delete(LARGE)
  bridge.world.stale('reports')
  await expect.poll(() => dialog.getByRole('img').getAttribute('src')).toBe(`lampiran://a/${LARGE}`)
  expect(dialog.queryByRole('status')).toBeNull()
})

test('opening is enough for a small original, unless there is no link', async () => {
  const online = strip('hub')
  await online.open(/Lihat foto 1/)
  await expect.poll(() => online.bridge.world.originals.get(SMALL)).toBe('asked')
  online.unmount()
  const away = strip('hub', 'offline')
  const dialog = await away.open(/Lihat foto 1/)
  expect(dialog.getByText('Foto asli belum diunduh (412 kB).')).toBeTruthy()
  expect(away.bridge.world.originals.get(SMALL)).toBe('hub')
  await away.user.click(dialog.getByRole('button', { name: 'Unduh' }))
  expect(await dialog.findByText('Foto asli (412 kB) diunduh begitu hub terjangkau.')).toBeTruthy()
})

test('a photo that is here says nothing of cost', async () => {
  const { open } = strip('here')
  const dialog = await open(/^Lihat foto 1 dari 2$/)
  expect((await dialog.findByRole('img')).getAttribute('src')).toBe(`lampiran://a/${SMALL}`)
  expect(dialog.queryByText(/belum diunduh/)).toBeNull()
})
