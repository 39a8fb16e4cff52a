import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  openWithHub,
  openWithPassword,
  sealForHub,
  sealForPassword,
} from '../../../electron/core/accounts/key-slots.ts'
import { CHEAP } from '../make-core.ts'

const host = { random: (size: number) => new Uint8Array(randomBytes(size)) }
const key = host.random(32)
const deviceSecret = host.random(32)
const hex = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString('hex')

test('a slot opens with its password on its PC, and with nothing else', async () => {
  const slot = await sealForPassword(host, key, 'p1', 'kata sandi', deviceSecret, CHEAP)
  expect(hex(await openWithPassword(slot, 'kata sandi', deviceSecret))).toBe(hex(key))
  expect(await openWithPassword(slot, 'kata sandi ', deviceSecret)).toBeNull()
  expect(await openWithPassword(slot, 'kata sandi', host.random(32))).toBeNull()
  expect(await openWithPassword({ ...slot, owner: 'p2' }, 'kata sandi', deviceSecret)).toBeNull()
  expect(JSON.stringify(slot)).not.toContain(Buffer.from(key).toString('base64'))
})

test('an accent typed in two ways is one password', async () => {
  const slot = await sealForPassword(host, key, 'p1', 'caf\u00e9', deviceSecret, CHEAP)
  expect(hex(await openWithPassword(slot, 'cafe\u0301', deviceSecret))).toBe(hex(key))
})

test('the hub slot opens with the unlock secret on this PC only', () => {
  const unlock = Buffer.from(host.random(32)).toString('base64')
  const slot = sealForHub(host, key, unlock, deviceSecret)
  expect(hex(openWithHub(slot, unlock, deviceSecret))).toBe(hex(key))
  expect(openWithHub(slot, unlock, host.random(32))).toBeNull()
  expect(openWithHub(slot, Buffer.from(host.random(32)).toString('base64'), deviceSecret)).toBeNull()
})
