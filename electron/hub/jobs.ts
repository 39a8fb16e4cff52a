import { forgetUploads } from './attachments/uploads.ts'
import type { Hub } from './context.ts'
import { compactFeeds } from './feed/compact.ts'
import { firstFrame } from './http/v1.ts'
import { closeSilent } from './workflow/close-silent.ts'

const HOUR = 3_600_000

/** What the hub does by itself every hour; each is safe to run at any time and twice. */
const JOBS: Readonly<Record<string, (hub: Hub) => Promise<number>>> = {
  close_silent: closeSilent,
  compact_feeds: compactFeeds,
  forget_uploads: ({ dataDir, clock }) => forgetUploads(dataDir, clock()),
  forget_sessions: async ({ db, clock }) =>
    (await db.q('delete from sessions where expires_at <= $1 returning 1 as gone', [clock()])).length,
}

/** Starts the hourly jobs. `run` does them now, one round after the other; `stop` waits for a running round. */
export function startJobs(hub: Hub): { run(): Promise<void>; stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve()
  const round = async () => {
    for (const [job, work] of Object.entries(JOBS)) {
      try {
        hub.log({ event: 'job', job, count: await work(hub) })
      } catch (error) {
        // Tried again in an hour.
        hub.log({ event: 'job_failed', job, where: firstFrame(error as Error) })
      }
    }
  }
  const run = () => (running = running.then(round))
  const timer = setInterval(() => void run(), HOUR)
  timer.unref()
  return {
    run,
    stop: () => {
      clearInterval(timer)
      return running
    },
  }
}
