import type { IncomingMessage, ServerResponse } from 'node:http'
import { DISK_FULL } from '../../electron/hub/http/v1.ts'
import { HUB_CONTENT_TYPE } from '../../shared/sync/exchange.ts'

const HTML = { 'content-type': 'text/html; charset=utf-8' }
const PAGE = '<!doctype html><title>Wi-Fi</title><form>Masuk untuk memakai internet</form>'

/** What others say in the hub's place, each as its kind is seen in offices and cafes. */
export const ANSWERS = {
  /** A hotel's or a cafe's Wi-Fi: a page, with status 200. */
  portal: loginPage,
  /** The same, by sending everything to another host. */
  moved: (answer: ServerResponse) =>
    void answer.writeHead(302, { location: 'https://wifi.contoh.invalid/masuk' }).end(),
  /** A network that says honestly that one has to log in (RFC 6585). */
  network_511: (answer: ServerResponse) => void answer.writeHead(511, HTML).end(PAGE),
  /** A gate in front of the hub that wants a name and a password. */
  gate_401: (answer: ServerResponse) =>
    void answer.writeHead(401, { ...HTML, 'www-authenticate': 'Basic realm="kantor"' }).end(PAGE),
  /** A proxy in the line that nobody configured, and wants a password. */
  proxy_407: (answer: ServerResponse) =>
    void answer.writeHead(407, { ...HTML, 'proxy-authenticate': 'Basic realm="kantor"' }).end(PAGE),
  /** The hub itself, with no room left for what it was sent. */
  hub_full: (answer: ServerResponse) =>
    void answer
      .writeHead(500, { 'content-type': HUB_CONTENT_TYPE, 'x-hub-id': 'penuh' })
      .end(JSON.stringify({ error: { code: 'internal', message: DISK_FULL } })),
  /** A gateway that could not ask the hub. */
  gateway_502: (answer: ServerResponse) => void answer.writeHead(502, HTML).end('<h1>Bad gateway</h1>'),
} as const

export type AnswerFault = keyof typeof ANSWERS

/**
 * How the hub's own answer is damaged: `cut_answer` resets in the middle, `short_answer` ends early against its
 * content-length, `half_coding` delivers half of the compressed bytes and calls that all.
 */
export type BodyFault = 'cut_answer' | 'short_answer' | 'half_coding'

/** What a hotel's or a cafe's Wi-Fi answers to everything: a page, with status 200. */
export function loginPage(answer: ServerResponse): void {
  answer.writeHead(200, HTML)
  answer.end(PAGE)
}

/** Sends half of what the hub answered. */
export function cutShort(
  fault: BodyFault,
  answer: ServerResponse,
  { statusCode = 502, headers }: IncomingMessage,
  heard: Buffer,
): void {
  const half = heard.subarray(0, Math.floor(heard.length / 2))
  const promised = fault === 'half_coding' ? half.length : heard.length
  const { 'transfer-encoding': _chunked, ...rest } = headers
  answer.writeHead(statusCode, { ...rest, 'content-length': String(promised) })
  if (fault === 'half_coding') return void answer.end(half)
  answer.write(half, () => {
    if (fault === 'cut_answer') answer.socket?.resetAndDestroy()
    else answer.socket?.end()
  })
}
