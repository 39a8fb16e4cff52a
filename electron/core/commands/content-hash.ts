import { approvalText, type Reply } from '@shared/domain/reply.ts'
import { sha256Of } from '../archive/seal.ts'
import type { FoldedReport } from '../queries/reports.ts'

/** Hash of an answer to a report as this desk sees both now: words, attachments, privacy flags, report version (APPR-02). */
export function contentHash(
  { report, version, state }: Pick<FoldedReport, 'report' | 'version' | 'state'>,
  answer: Pick<Reply, 'kind' | 'body' | 'attachments'>,
): string {
  return sha256Of(
    approvalText({
      reportId: report.id,
      reportVersion: version,
      kind: answer.kind,
      body: answer.body,
      attachments: answer.attachments,
      anonymous: state.anonymous,
      confidential: state.confidential,
    }),
  )
}
