import { brotliCompressSync, constants, zstdCompressSync } from 'node:zlib'
import type { Change } from '@shared/sync/feed.ts'

/**
 * The fewest bytes known for a set of rows: columns instead of objects, one body, the slowest settings of the best
 * codecs. A yardstick, not a format: nothing says where a page ends.
 */
export function bestBytes(changes: readonly Change[]): number {
  const columnar = [...new Set(changes.map((change) => change.kind))].map((kind) => {
    const rows = changes.filter((change) => change.kind === kind)
    const bodies = rows.map((row) => row.body as Record<string, unknown>)
    return [kind, rows.map((row) => row.id), rows.map((row) => row.version), columnsOf(bodies)]
  })
  const plain = Buffer.from(JSON.stringify(columnar))
  const {
    BROTLI_PARAM_QUALITY: quality,
    BROTLI_PARAM_LGWIN: window,
    ZSTD_c_compressionLevel: level,
  } = constants
  const brotli = brotliCompressSync(plain, { params: { [quality]: 11, [window]: 24 } })
  return Math.min(brotli.length, zstdCompressSync(plain, { params: { [level]: 19 } }).length)
}

function columnsOf(bodies: readonly Record<string, unknown>[]): Record<string, unknown[]> {
  const names = new Set(bodies.flatMap((body) => Object.keys(body)))
  names.delete('id')
  return Object.fromEntries([...names].map((name) => [name, bodies.map((body) => body[name] ?? null)]))
}
