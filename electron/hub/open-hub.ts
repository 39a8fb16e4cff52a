import { createHub, type RunningHub } from './server.ts'
import type { Log } from './context.ts'

/** How a process opens its hub. */
export interface OpenOptions {
  dataDir: string
  cacheDir: string
  host: string
  port: number
  practice: boolean
  name?: string
  /** Folder of practice data, loaded through the public APIs when the hub is still empty. */
  seedDir?: string
  random: (bytes: number) => Uint8Array
  log?: Log
  onProgress?: (step: string, done: number | null) => void
}

/** Opens the hub, starts answering and, when asked and empty, fills it with practice data. */
export async function openHub(options: OpenOptions): Promise<{ hub: RunningHub; url: string }> {
  const { onProgress = () => undefined, host, port, ...rest } = options
  onProgress('opening', null)
  const hub = await createHub({ ...rest, clock: Date.now })
  const url = await hub.listen(port, host)
  return { hub, url }
}
