// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import SettingsScreen from '../../../renderer/features/settings/screen.tsx'
import { FakeBridge } from '../../fakes/fake-bridge/fake-bridge.ts'
import { fullOffice } from '../../fakes/fake-bridge/full-office.ts'
import { NOW, renderOver } from '../support/render-app.tsx'

const CLERK = 0
const ADMIN = 4

async function settings(person: number) {
  const bridge = new FakeBridge({ count: 3, person, now: NOW }, fullOffice)
  const over = renderOver(<SettingsScreen />, bridge)
  await screen.findByRole('heading', { name: 'Tampilan' })
  return { ...over, sent: (method: string) => bridge.calls.filter((call) => call.method === method) }
}

test('a display choice is stored at once, the others keep', async () => {
  const { user, bridge } = await settings(CLERK)
  await user.click(screen.getByRole('radio', { name: '130%' }))
  await waitFor(() =>
    expect(bridge.world.preferences).toMatchObject({ textSize: 130, locale: 'id', density: 'comfortable' }),
  )
})

test('a clerk reads why no code can be made; an admin gets one with its end', async () => {
  const clerk = await settings(CLERK)
  await clerk.user.click(screen.getByRole('button', { name: 'Buat kode' }))
  expect(clerk.sent('setup.createEnrolmentCode')).toEqual([])
  clerk.unmount()
  const { user } = await settings(ADMIN)
  await user.click(screen.getByRole('button', { name: 'Buat kode' }))
  expect(await screen.findByText('K7Q2-94MF-TRXA')).toBeTruthy()
  expect(screen.getByText(/Berlaku sampai .+ WIT, sekali pakai/)).toBeTruthy()
})
