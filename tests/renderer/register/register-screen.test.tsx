// @vitest-environment happy-dom
import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import RegisterScreen from '../../../renderer/features/register/screen.tsx'
import { go, locationNow } from '../../../renderer/navigation.ts'
import { FakeBridge } from '../../fakes/fake-bridge/fake-bridge.ts'
import { fullOffice } from '../../fakes/fake-bridge/full-office.ts'
import { NOW, renderOver } from '../support/render-app.tsx'

// Verifies LETT-01
test('void letters and missing numbers stay as explained rows, and a number opens its letter', async () => {
  go('register', { year: '2026' })
  const { user } = renderOver(<RegisterScreen />, new FakeBridge({ count: 20, now: NOW }, fullOffice))
  await screen.findByRole('table')
  expect(screen.getByText('2 nomor tanpa penjelasan')).toBeTruthy()
  expect(screen.getByText('1 – 6')).toBeTruthy()
  expect(screen.getByText(/^Batal: Nama penerima keliru/)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Buka surat 600.1/014/DPUPR/XI/2026' }))
  expect(locationNow().place).toBe('letters')
})

test('an empty year teaches how a letter gets here', async () => {
  go('register', { year: '2026' })
  renderOver(<RegisterScreen />, new FakeBridge({ count: 0, now: NOW }, fullOffice))
  expect(await screen.findByText('Belum ada surat bernomor tahun 2026')).toBeTruthy()
})
