// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Toasts } from '../../../renderer/components/toast.tsx'
import ReportPane from '../../../renderer/features/report/pane.tsx'
import { FakeBridge } from '../../fakes/fake-bridge/fake-bridge.ts'
import { uuid } from '../../fakes/fake-bridge/office.ts'
import { NOW, renderOver } from '../support/render-app.tsx'

const id = uuid(1000)
const noForm = () => null

async function verified() {
  const bridge = new FakeBridge({ count: 3, now: NOW })
  const over = renderOver(
    <>
      <ReportPane reportId={id} onBack={() => undefined} dispositionForm={noForm} />
      <Toasts />
    </>,
    bridge,
  )
  // Undo is offered by this computer's clock.
  bridge.world.now = () => Date.now()
  await screen.findByRole('article')
  await over.user.keyboard('v')
  await screen.findByRole('form')
  await over.user.keyboard('k{Enter}')
  return { ...over, undo: await screen.findByRole('button', { name: 'Urungkan' }) }
}

test('what was queued says so and can be taken back', async () => {
  const { user, undo, bridge } = await verified()
  expect(screen.getByText('Laporan diverifikasi · antre kirim')).toBeTruthy()
  expect(bridge.world.reports[0]!.state.state).toBe('verified')
  await user.click(undo)
  await waitFor(() => expect(bridge.world.reports[0]!.state.state).toBe('received'))
  expect(await screen.findByText('Diurungkan')).toBeTruthy()
})

test('too late to take back is said in those words', async () => {
  const { user, undo, bridge } = await verified()
  bridge.fail('reports.undo', 'wrong_state')
  await user.click(undo)
  expect(await screen.findByText('Sudah dikirim ke hub, jadi tidak bisa diurungkan.')).toBeTruthy()
})
