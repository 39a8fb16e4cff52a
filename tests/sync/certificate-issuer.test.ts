import type { AddressInfo } from 'node:net'
import { createServer } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { FetchError } from '../../electron/core/host.ts'
import { readIssuer } from '../../electron/shell/certificate-issuer.ts'
import { selfSigned } from '../link/certificate.ts'
import { enrolledCore, realHub } from './with-hub.ts'

test('the issuer of a refused certificate is named, and not a byte of a request is sent to it', async () => {
  const sent: Buffer[] = []
  const server = createServer(selfSigned('Kotak pengaman "kantor"'), (socket) => {
    socket.on('data', (bytes) => void sent.push(bytes)).on('error', () => undefined)
  })
  const port = await new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  )
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())))
  expect(await readIssuer(`https://127.0.0.1:${port}/v1/exchange`)).toBe('Kotak pengaman kantor')
  expect(sent).toEqual([])
})

test('where no certificate answers there is no name', async () => {
  expect(await readIssuer('https://127.0.0.1:1/v1/hello')).toBeNull()
})

// Verifies SYNC-05
test('the sync centre knows who issued it while that is the trouble, and no longer', async () => {
  const pc = await enrolledCore(await realHub())
  await pc.idle()
  const { lastSyncedAt } = await pc.call('sync.status', {})
  pc.link.fault = () =>
    Promise.reject(new FetchError('tls', 'net::ERR_CERT_AUTHORITY_INVALID issuer="Kotak pengaman kantor"'))
  expect(await pc.call('sync.now', {})).toMatchObject({
    problem: 'tls_untrusted',
    problemDetail: 'Kotak pengaman kantor',
    lastSyncedAt,
  })
  pc.link.fault = () => Promise.reject(new FetchError('tls', 'net::ERR_CERT_DATE_INVALID'))
  expect(await pc.call('sync.now', {})).toMatchObject({ problem: 'tls_untrusted', problemDetail: null })
  pc.link.fault = null
  expect(await pc.call('sync.now', {})).toMatchObject({ problem: null, problemDetail: null })
})
