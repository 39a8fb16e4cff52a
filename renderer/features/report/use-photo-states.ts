import type { Output } from '@shared/ipc/contract.ts'
import type { AttachmentRef } from '@shared/domain/report.ts'
import { useCall } from '../../bridge/use-call.ts'

/** Where a photo's original is, and whether its small picture is here. */
export type PhotoState = Pick<Output<'attachments.states'>[number], 'where' | 'thumb'>

/** When it cannot be told, the store is simply asked for the picture. */
const PERHAPS: PhotoState = { where: 'here', thumb: false }

/** Where each of a report's photos is; null until that is known. */
export function usePhotoStates(
  reportId: string,
  attachments: readonly AttachmentRef[],
): (sha256: string) => PhotoState | null {
  const hashes = attachments.map((attachment) => attachment.sha256)
  const { data, isError } = useCall('attachments.states', { reportId, hashes }, { keepPrevious: true })
  return (sha256) => data?.find((state) => state.sha256 === sha256) ?? (isError ? PERHAPS : null)
}
