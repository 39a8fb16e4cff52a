import { useEffect, useRef, useState } from 'react'
import { call } from '../../bridge/call.ts'
import { createAutosave, type SaveState, type Timers } from './autosave.ts'
import type { DraftContent, DraftStart } from './choose-draft.ts'

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
  const latest = useRef(content)
  const id = useRef(start.draftId)
  const replyId = useRef(start.replyId)
  const [autosave] = useState(() =>
    createAutosave<DraftContent>({
      timers: browserTimers,
      onState: setState,
      save: async ({ kind, body, attachments }) => {
        const saved = await call('drafts.save', {
          draftId: id.current,
          reportId,
          kind,
          body,
          attachments: [...attachments],
          replyId: replyId.current,
        })
        id.current = saved.id
        return saved.savedAt
      },
    }),
  )

  useEffect(() => {
    const save = () => void autosave.flush()
    window.addEventListener('blur', save)
    window.addEventListener('pagehide', save)
    return () => {
      window.removeEventListener('blur', save)
      window.removeEventListener('pagehide', save)
      void autosave.close()
    }
  }, [autosave])

  return {
    content,
    state,
    change(part) {
      latest.current = { ...latest.current, ...part }
      setContent(latest.current)
      autosave.change(latest.current)
    },
    flush: autosave.flush,
    draftId: () => id.current,
  }
}
