import type { Output, Parsed } from '@shared/ipc/contract.ts'
import { partLength } from '../archive/part-file.ts'
import type { Desk } from '../desk.ts'

interface Row {
  sha256: string
  state: string
  asked: number
  thumb: number
}

/** Of each of these files: whether it is here, on its way because someone asked, or only at the hub. */
export function attachmentStates(
  { db, host }: Desk,
  { hashes }: Parsed<'attachments.states'>,
): Output<'attachments.states'> {
  return hashes.flatMap((sha256) => {
    const row = db.get<Row>(
      `SELECT a.sha256, a.state, a.asked_at IS NOT NULL AS asked, t.sha256 IS NOT NULL AS thumb
       FROM attachments a LEFT JOIN thumbs t ON t.sha256 = a.thumb_sha256 WHERE a.sha256 = ?`,
      sha256,
    )
    if (!row) return []
    const isHere = row.state !== 'wanted'
    const where = isHere ? ('here' as const) : row.asked ? ('asked' as const) : ('hub' as const)
    return [{ sha256, where, thumb: row.thumb === 1, arrived: isHere ? 0 : partLength(host.dataDir, sha256) }]
  })
}
