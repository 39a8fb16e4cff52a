import { useEffect, useState } from 'react'
import type { SaveState, Timers } from './autosave.ts'
import type { DraftContent, DraftStart } from './choose-draft.ts'
import { createDraftSession } from './draft-session.ts'

const browserTimers: Timers = {
  set: (run, ms) => setTimeout(run, ms),
  clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
}

/** A draft while it is written. */
export interface OpenDraft {
  content: DraftContent
  state: SaveState
  change: (part: Partial<DraftContent>) => void
  /** Writes now; whether everything is on disk. */
  flush: () => Promise<boolean>
  /** The record's id once it exists. */
  draftId: () => string | null
}

/** Keeps the text on screen and its record in step: each change is saved within 400 ms, and at once on blur or leaving (DRAFT-01). */
export function useDraft(reportId: string, start: DraftStart): OpenDraft {
  const [content, setContent] = useState<DraftContent>({
    kind: start.kind,
    body: start.body,
    attachments: start.attachments,
  })
  const [state, setState] = useState<SaveState>(
    start.savedAt === null ? { name: 'clean' } : { name: 'saved', at: start.savedAt },
  )
  const [session] = useState(() => createDraftSession(reportId, start, setState, browserTimers))

  useEffect(() => {
    const save = () => void session.flush()
    window.addEventListener('blur', save)
    window.addEventListener('pagehide', save)
    return () => {
      window.removeEventListener('blur', save)
      window.removeEventListener('pagehide', save)
      void session.close()
    }
  }, [session])

  return {
    content,
    state,
    change: (part) => setContent(session.change(part)),
    flush: session.flush,
    draftId: session.draftId,
  }
}
