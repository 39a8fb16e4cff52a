import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { FetchRequest } from '../../electron/core/host.ts'

/** A request's JSON, however it was compressed. */
export function requestJson<T>({ body, headers }: Pick<FetchRequest, 'body' | 'headers'>): T {
  const encoding = headers['content-encoding']
  const plain =
    encoding === 'gzip' ? gunzipSync(body!) : encoding === 'br' ? brotliDecompressSync(body!) : body!
  return JSON.parse(Buffer.from(plain).toString('utf8')) as T
}
