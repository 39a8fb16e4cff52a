import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, isAbsolute, join, relative } from 'node:path'
import { protocol, type Protocol } from 'electron'

/** Schemes of our own. Must run before `ready`, synchronously at module load of main. */
export function registerSchemes(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: false, corsEnabled: false }
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges },
    { scheme: 'lampiran', privileges },
    { scheme: 'cetak', privileges },
  ])
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
}

const contentSecurityPolicy = (nonce: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' lampiran: blob:",
    "font-src 'self'",
    "worker-src 'self'",
    "connect-src 'none'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types react-aria pdfjs',
  ].join('; ')

const refuse = (status: number) =>
  new Response(null, { status, headers: { 'X-Content-Type-Options': 'nosniff' } })

/** Resolves a URL path below `root`, or null when it would leave it. */
export function fileBelow(root: string, pathname: string): string | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return null
  }
  if (decoded.includes('\0')) return null
  const file = join(root, decoded === '/' ? 'index.html' : decoded)
  const below = relative(root, file)
  return below === '' || below.startsWith('..') || isAbsolute(below) ? null : file
}

/** Serves the built renderer at `app://bundle/` with the strict policy; each page gets a fresh style nonce. */
export function serveApp(target: Protocol, root: string): void {
  target.handle('app', async (request) => {
    const url = new URL(request.url)
    const file = url.host === 'bundle' && request.method === 'GET' ? fileBelow(root, url.pathname) : null
    if (!file) return refuse(404)
    const type = TYPES[extname(file)]
    const bytes = type ? await readFile(file).catch(() => null) : null
    if (!type || !bytes) return refuse(404)
    const nonce = randomBytes(16).toString('base64')
    const body = type.startsWith('text/html')
      ? bytes.toString('utf8').replaceAll('__CSP_NONCE__', nonce)
      : new Uint8Array(bytes)
    return new Response(body, {
      headers: {
        'Content-Type': type,
        'Content-Security-Policy': contentSecurityPolicy(nonce),
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
        'Cross-Origin-Opener-Policy': 'same-origin',
      },
    })
  })
}

/** Reads one attachment's plain bytes while a person is signed in; null when it is not here. */
export type AttachmentReader = (
  sha256: string,
  which: 'original' | 'thumb',
) => Promise<{ mime: string; bytes: Uint8Array } | null>

/**
 * Serves mirrored photos at `lampiran://a/<sha256>` and their small pictures at `lampiran://k/<sha256>` (the original's
 * hash); images only, sandboxed, never cached on disk.
 */
export function serveAttachments(target: Protocol, read: AttachmentReader): void {
  target.handle('lampiran', async (request) => {
    const match = /^lampiran:\/\/([ak])\/([0-9a-f]{64})$/.exec(request.url)
    if (!match) return refuse(404)
    const found = await read(match[2]!, match[1] === 'k' ? 'thumb' : 'original')
    // Not here yet is no fault: the picture says so itself, and nothing is written into the page's log of errors.
    if (!found?.mime.startsWith('image/')) return refuse(204)
    return new Response(new Uint8Array(found.bytes), {
      headers: {
        'Content-Type': found.mime,
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
        'Content-Security-Policy': "default-src 'none'; sandbox",
      },
    })
  })
}
