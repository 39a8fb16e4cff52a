import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from './context.ts'
import { loadPractice } from './practice/load-practice.ts'
import { createHub, type RunningHub } from './server.ts'

/** How a process opens its hub. */
export interface OpenOptions {
  dataDir: string
  cacheDir: string
  host: string
  port: number
  practice: boolean
  name?: string
  restored?: boolean
  /** Folder of practice data, loaded through the public APIs when the hub is new. */
  seedDir?: string
  random: (bytes: number) => Uint8Array
  log?: Log
  onProgress?: (step: string, done: number | null) => void
}

/** Opens the hub, starts answering and, when asked and new, fills it with practice data. */
export async function openHub(options: OpenOptions): Promise<{ hub: RunningHub; url: string }> {
  const { onProgress = () => undefined, host, port, seedDir, ...rest } = options
  onProgress('opening', null)
  const hub = await createHub({ ...rest, clock: Date.now })
  try {
    const url = await hub.listen(port, host)
    if (seedDir && options.practice) await seedOnce(hub, url, seedDir, options)
    // What fell due while the hub was off happens before anyone looks.
    await hub.tidy()
    return { hub, url }
  } catch (error) {
    await hub.close()
    throw error
  }
}

/** Loads the practice data into a new hub, or finishes a load that was interrupted; leaves any other hub alone. */
async function seedOnce(
  hub: RunningHub,
  url: string,
  dir: string,
  { dataDir, log, onProgress }: OpenOptions,
): Promise<void> {
  const marker = join(dataDir, 'practice-load')
  if (!hub.isNew && readMarker(marker) !== 'begun') return
  writeFileSync(marker, 'begun')
  const started = performance.now()
  const now = Date.now()
  const summary = await loadPractice({ hubUrl: url, adminToken: hub.adminToken, dir, now, fetch, onProgress })
  writeFileSync(marker, 'done')
  const { reports, acts, refused } = summary
  const ms = Math.round(performance.now() - started)
  log?.({ event: 'practice_loaded', reports, acts, refused: refused.length, ms })
}

function readMarker(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
