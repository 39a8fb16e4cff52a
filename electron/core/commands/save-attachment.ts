import type { Output, Parsed } from '@shared/ipc/contract.ts'
import { AppError } from '@shared/ipc/errors.ts'
import { readAttachment } from '../archive/read-file.ts'
import { appendAudit } from '../audit/chain.ts'
import type { Desk } from '../desk.ts'
import { askForFile } from '../mirror/attachment-refs.ts'

/**
 * Writes a kept file where the person says; recorded, because it leaves the desk's protection. One that is not here
 * comes with the next exchange. Throws AppError not_downloaded.
 */
export async function saveAttachment(
  desk: Desk,
  { sha256, name }: Parsed<'attachments.saveAs'>,
): Promise<Output<'attachments.saveAs'>> {
  const file = readAttachment(desk, sha256)
  if (!file) {
    askForFile(desk.db, sha256, desk.host.now())
    desk.wake()
    throw new AppError('not_downloaded', `attachment ${sha256}`)
  }
  const saved = await desk.host.saveFile(name, file.bytes)
  if (saved && desk.db.open)
    desk.db.tx(() =>
      appendAudit(desk.db, {
        at: desk.host.now(),
        personId: desk.person.id,
        action: 'attachment.save_as',
        subjectId: sha256,
        data: { bytes: file.bytes.length },
      }),
    )
  return { saved }
}
