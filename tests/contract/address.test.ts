import { expect, test } from 'vitest'
import { AppError } from '@shared/ipc/errors.ts'
import { normaliseAddress } from '../../electron/core/hub-client/address.ts'

const good: [typed: string, url: string][] = [
  ['mejalapor.go.id', 'https://mejalapor.go.id'],
  ['  https://hub.mimikakab.go.id/  ', 'https://hub.mimikakab.go.id'],
  ['https://mimikakab.go.id/lapor/', 'https://mimikakab.go.id/lapor'],
  ['HTTPS://Hub.Example:8443', 'https://hub.example:8443'],
  ['http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
  ['http://localhost:4000/', 'http://localhost:4000'],
  ['localhost:4000', 'https://localhost:4000'],
  ['http://[::1]:4000', 'http://[::1]:4000'],
]
test.each(good)('%s', (typed, url) => {
  expect(normaliseAddress(typed)).toBe(url)
})

test.each([
  'http://mejalapor.go.id',
  'ftp://mejalapor.go.id',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://user:pass@mejalapor.go.id',
  'https://mejalapor.go.id/?x=1',
  'mejalapor',
  '',
  'https://',
  'kantor kami',
])('%s is no address of a hub', (typed) => {
  expect(() => normaliseAddress(typed)).toThrow(AppError)
})
