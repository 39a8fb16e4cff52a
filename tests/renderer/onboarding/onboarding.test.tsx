// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { ErrorCode } from '../../../shared/ipc/errors.ts'
import type { AppStatus } from '../../../shared/ipc/views.ts'
import Onboarding from '../../../renderer/features/onboarding/screen.tsx'
import { id } from '../../../renderer/i18n/catalogue.ts'
import { FakeBridge } from '../../fakes/fake-bridge/fake-bridge.ts'
import { NOW, renderOver } from '../support/render-app.tsx'

function at(change: Partial<AppStatus>) {
  const bridge = new FakeBridge({ count: 0, now: NOW })
  bridge.world.status = { ...bridge.world.status, person: null, ...change }
  return renderOver(<Onboarding />, bridge)
}

test('the first run has two choices; practice shows its progress', async () => {
  const { user } = at({ phase: 'first_run' })
  expect(await screen.findAllByRole('button')).toHaveLength(2)
  await user.click(screen.getByRole('button', { name: /Latihan dengan data contoh/ }))
  expect((await screen.findByRole('progressbar')).getAttribute('aria-valuenow')).toBe('40')
})

test('enrolment says what is missing before it asks the hub', async () => {
  const { user, bridge } = at({ phase: 'first_run' })
  await user.click(await screen.findByRole('button', { name: /Daftarkan perangkat ini/ }))
  await user.click(screen.getByRole('button', { name: 'Daftarkan' }))
  for (const words of ['Tulis alamat hub.', 'Tulis kode pendaftaran.', 'Beri nama komputer ini.'])
    expect(screen.getByText(words)).toBeTruthy()
  expect(bridge.calls.some((call) => call.method === 'setup.enrol')).toBe(false)
})

test.each<ErrorCode>([
  'bad_address',
  'not_a_hub',
  'login_page',
  'code_unknown',
  'code_used',
  'code_expired',
  'hub_too_new',
  'hub_too_old',
  'hub_unreachable',
])('enrolment refused with %s is worded', async (code) => {
  const { user, bridge } = at({ phase: 'first_run' })
  bridge.fail('setup.enrol', code)
  await user.click(await screen.findByRole('button', { name: /Daftarkan perangkat ini/ }))
  await user.type(screen.getByLabelText('Alamat hub'), 'hub.contoh.go.id')
  await user.type(screen.getByLabelText('Kode pendaftaran'), 'abcd-1234')
  await user.type(screen.getByLabelText('Nama komputer ini'), 'PC Sekretariat{Enter}')
  await waitFor(() => expect(document.body.textContent).toContain(id.errors[code].what))
  expect(document.body.textContent).toContain(id.errors[code].todo)
  expect(document.body.textContent).toContain(`Kode: ${code}`)
})

test('what was typed and why it was refused outlive the try', async () => {
  const { user, bridge } = at({ phase: 'first_run' })
  bridge.fail('setup.enrol', 'code_used')
  await user.click(await screen.findByRole('button', { name: /Daftarkan perangkat ini/ }))
  await user.type(screen.getByLabelText('Kode pendaftaran'), 'abcd-1234')
  // The core says `setting_up` while it asks the hub, and `first_run` again when the hub refused.
  const asked = () => bridge.calls.filter((call) => call.method === 'app.status').length
  for (const phase of ['setting_up', 'first_run'] as const) {
    const before = asked()
    bridge.world.status = { ...bridge.world.status, phase, progress: { step: 'enrol', done: null } }
    bridge.stale('app', 'setup')
    await waitFor(() => expect(asked()).toBeGreaterThan(before))
    expect(screen.getByLabelText<HTMLInputElement>('Kode pendaftaran').value).toBe('abcd-1234')
  }
})

test('a wrong password is said beside the field', async () => {
  const { user } = at({ phase: 'locked', practice: false })
  await user.click(await screen.findByRole('button', { name: /Yuliana Wenda/ }))
  await user.type(screen.getByLabelText('Kata sandi Yuliana Wenda'), 'salah{Enter}')
  await waitFor(() => expect(document.body.textContent).toContain('Kata sandi salah.'))
})

test('in practice a person is chosen without a password', async () => {
  const { user, bridge } = at({ phase: 'locked', practice: true })
  await user.click(await screen.findByRole('button', { name: /Yuliana Wenda/ }))
  await waitFor(() =>
    expect(bridge.calls.some((call) => call.method === 'session.switchPractice')).toBe(true),
  )
})

test.each<[ErrorCode, boolean]>([
  ['db_corrupt', true],
  ['wrong_key', true],
  ['folder_not_writable', false],
  ['disk_full', false],
  ['db_from_future', false],
])('%s: says what happened, what is safe, what to do; rebuild offered: %s', async (code, rebuild) => {
  at({ phase: 'broken', problem: { code, detail: '/data/desk.db' } })
  const said = (await screen.findByRole('alert')).textContent
  for (const part of [
    id.errors[code].what,
    id.errors[code].safe,
    id.errors[code].todo,
    code,
    '/data/desk.db',
  ])
    expect(said).toContain(part)
  expect(screen.queryByRole('button', { name: 'Bangun ulang dari hub' }) !== null).toBe(rebuild)
})
