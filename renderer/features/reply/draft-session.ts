import { call } from '../../bridge/call.ts'
import { createAutosave, type SaveState, type Timers } from './autosave.ts'
import type { DraftContent, DraftStart } from './choose-draft.ts'

/** One draft being written: its present content, its record's id once there is one, and the saving. */
export interface DraftSession {
  change: (part: Partial<DraftContent>) => DraftContent
  flush: () => Promise<boolean>
  close: () => Promise<boolean>
  draftId: () => string | null
}

/** Writes each version as the record of `start`, or makes the record with the first change (DRAFT-01). */
export function createDraftSession(
  reportId: string,
  start: DraftStart,
  onState: (state: SaveState) => void,
  timers: Timers,
): DraftSession {
  let id = start.draftId
  let content: DraftContent = { kind: start.kind, body: start.body, attachments: start.attachments }
  const autosave = createAutosave<DraftContent>({
    timers,
    onState,
    async save({ kind, body, attachments }) {
      const saved = await call('drafts.save', {
        draftId: id,
        reportId,
        kind,
        body,
        attachments: [...attachments],
        replyId: start.replyId,
      })
      id = saved.id
      return saved.savedAt
    },
  })
  return {
    change(part) {
      content = { ...content, ...part }
      autosave.change(content)
      return content
    },
    flush: () => autosave.flush(),
    close: () => autosave.close(),
    draftId: () => id,
  }
}
