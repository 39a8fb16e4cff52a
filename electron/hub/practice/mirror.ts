import type { Reply } from '@shared/domain/reply.ts'
import type { Report, ReportState } from '@shared/domain/report.ts'
import type { Change } from '@shared/sync/feed.ts'

interface Row<T> {
  version: number
  body: T
}

/** What the loader must know of the hub to name versions: the newest row of each report, state and reply. */
export class Mirror {
  private readonly ids = new Map<string, string>()
  private readonly reports = new Map<string, Row<Report>>()
  private readonly states = new Map<string, Row<ReportState>>()
  private readonly replies = new Map<string, Row<Reply>>()

  apply(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.removed) continue
      if (change.kind === 'report') {
        newest(this.reports, change)
        this.ids.set((change.body as Report).number, change.id)
      } else if (change.kind === 'report_state') newest(this.states, change)
      else if (change.kind === 'reply') newest(this.replies, change)
    }
  }

  idOf(number: string): string | undefined {
    return this.ids.get(number)
  }

  /** Report and state; throws when the feed never carried them. */
  held(reportId: string): { report: Row<Report>; state: Row<ReportState> } {
    const report = this.reports.get(reportId)
    const state = this.states.get(reportId)
    if (!report || !state) throw new Error(`report ${reportId} is not in the feed`)
    return { report, state }
  }

  reply(id: string): Row<Reply> | undefined {
    return this.replies.get(id)
  }
}

function newest<T>(rows: Map<string, Row<T>>, change: Change): void {
  const known = rows.get(change.id)
  if (!known || known.version <= change.version)
    rows.set(change.id, { version: change.version, body: change.body as T })
}
