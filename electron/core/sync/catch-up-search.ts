import { getMeta } from '../db/meta.ts'
import { indexPending, pendingFrom } from '../mirror/search-index.ts'
import type { SyncContext } from './context.ts'

/** Between two batches, so that a person's click comes first. */
const BREATH_MS = 2
/** Batches after which a search asked meanwhile is asked again: it finds more, and says how far it is. */
const TELL_EVERY = 25

/** Brings the search index after a first mirror. `go` may be called at any time; nothing happens after `stop`. */
export function searchCatcher({ db, host, stale }: Pick<SyncContext, 'db' | 'host' | 'stale'>): {
  go(): void
  stop(): void
} {
  let cancel: (() => void) | null = null
  let rounds = 0
  const round = (): void => {
    cancel = null
    if (!db.open) return
    try {
      const more = indexPending(db)
      if (more) cancel = host.after(BREATH_MS, round)
      // Searches asked meanwhile missed what was not indexed yet.
      if (!more || ++rounds % TELL_EVERY === 0) stale(['reports'])
    } catch (error) {
      host.log('indexing_failed', { error: String(error).slice(0, 200) })
    }
  }
  return {
    go() {
      if (cancel || !db.open || pendingFrom(db) === null || getMeta(db, 'mirror_complete') !== '1') return
      cancel = host.after(0, round)
    },
    stop: () => cancel?.(),
  }
}
