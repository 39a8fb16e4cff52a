import type { IncomingMessage } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

/** A stream's bytes as one buffer; rejects when it breaks off. */
export async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Whether an exchange brings what people did, and not only questions. */
export function carriesActs({ headers }: IncomingMessage, body: Buffer): boolean {
  const encoding = headers['content-encoding']
  const plain = encoding === 'gzip' ? gunzipSync(body) : encoding === 'br' ? brotliDecompressSync(body) : body
  const { mutations } = JSON.parse(plain.toString('utf8')) as { mutations?: unknown[] }
  return (mutations ?? []).length > 0
}
