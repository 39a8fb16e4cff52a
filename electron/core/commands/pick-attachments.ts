import { MAX_ATTACHMENT_BYTES } from '@shared/domain/report.ts'
import { wellFormed } from '@shared/domain/ids.ts'
import type { Output } from '@shared/ipc/contract.ts'
import { AppError } from '@shared/ipc/errors.ts'
import { fileType } from '../archive/file-type.ts'
import { storeFile } from '../archive/store-file.ts'
import type { Desk } from '../desk.ts'

/** Lets the person pick files, keeps the good ones encrypted for the hub and says what is wrong with the others. */
export async function pickAttachments(desk: Desk): Promise<Output<'attachments.pick'>> {
  const picked = await desk.host.pickFiles(MAX_ATTACHMENT_BYTES)
  if (!desk.db.open) throw new AppError('locked', 'signed out while choosing files')
  const answer: Output<'attachments.pick'> = { added: [], refused: [] }
  for (const { name, bytes } of picked) {
    const shown = wellFormed(name).slice(-200)
    const mime = bytes && fileType(bytes)
    if (!bytes) answer.refused.push({ name: shown, code: 'unreadable' })
    else if (bytes.length > MAX_ATTACHMENT_BYTES) answer.refused.push({ name: shown, code: 'too_large' })
    else if (!mime) answer.refused.push({ name: shown, code: 'unsupported_file' })
    else answer.added.push(storeFile(desk, { name: shown, mime, bytes }, 'to_upload'))
  }
  return answer
}
