import { AppError } from '@shared/ipc/errors.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * A hub's base URL as a person types it, without trailing slash. `https://` is added; plain http is only for a hub on
 * this PC, because passwords and reports travel there. Throws AppError bad_address.
 */
export function normaliseAddress(typed: string): string {
  const text = typed.trim()
  const url = parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`)
  const loopback = LOOPBACK.has(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback))
    throw new AppError('bad_address', 'https only')
  if (url.username || url.password || url.search || url.hash)
    throw new AppError('bad_address', 'more than an address')
  if (!loopback && !url.hostname.includes('.') && !url.hostname.startsWith('['))
    throw new AppError('bad_address', 'no such host name')
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}

function parse(text: string): URL {
  try {
    return new URL(text)
  } catch {
    throw new AppError('bad_address', 'not a URL')
  }
}
