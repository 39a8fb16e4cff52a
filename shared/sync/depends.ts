/** What of an act decides whether another has to wait for it. */
export interface Ordered {
  kind: string
  reportId: string | null
  replyId: string | null
  letterId: string | null
}

/**
 * Whether `later` must not reach the hub before `earlier` of the same report. Only real dependence counts, so that one
 * refused act holds back as little as possible (SYNC-04): a note waits for nothing and holds nothing up.
 */
export function dependsOn(later: Ordered, earlier: Ordered): boolean {
  if (later.reportId === null || later.reportId !== earlier.reportId) return false
  if (later.kind === 'report.note' || earlier.kind === 'report.note') return false
  // A number has to be explained whatever becomes of the answer its letter quoted.
  if (later.kind === 'letter.spoil') return earlier.letterId !== null && later.letterId === earlier.letterId
  const after = family(later.kind)
  const before = family(earlier.kind)
  if (after === 'report') return before === 'report'
  if (after === 'reply')
    return before === 'report' || (before === 'reply' && later.replyId === earlier.replyId)
  // A letter quotes an approved answer, and is voided after it was issued.
  if (before === 'letter') return later.letterId === earlier.letterId
  return before === 'reply' && later.replyId !== null && later.replyId === earlier.replyId
}

const family = (kind: string) => kind.slice(0, kind.indexOf('.'))

/** Reads what orders an act out of its payload, as it is stored or as it is sent. */
export function orderedOf(row: { kind: string; reportId: string | null; payload: string | object }): Ordered {
  const said: unknown = typeof row.payload === 'string' ? JSON.parse(row.payload) : row.payload
  // Null when the act's report has left and taken the content along.
  const payload = (said ?? {}) as {
    replyId?: string
    letterId?: string
    letter?: { id: string; replyId: string | null }
  }
  return {
    kind: row.kind,
    reportId: row.reportId,
    replyId: payload.replyId ?? payload.letter?.replyId ?? null,
    letterId: payload.letterId ?? payload.letter?.id ?? null,
  }
}
