/**
 * Bugs that the simulator has to find. Each is a small, plausible mistake; `search` must occur exactly once in its file,
 * so a mutant that no longer fits the code fails loudly. Here those of the desk.
 * @type {readonly import('./sim-bundle.mjs').Mutant[]}
 */
export const DESK_MUTANTS = [
  // The desk: sending.
  {
    name: 'outbox row settled when sent',
    file: 'electron/core/outbox/next-ready.ts',
    search: "`UPDATE outbox SET state = 'sending', attempts",
    replace: "`UPDATE outbox SET state = 'applied', attempts",
  },
  {
    name: 'any answer settles',
    file: 'electron/core/sync/accept-answer.ts',
    search: '    topics = settle(db, response.receipts, projection, response.hubTime)\n',
    replace:
      "    topics = settle(db, response.receipts, projection, response.hubTime)\n    db.run(`UPDATE outbox SET state = 'applied' WHERE state = 'sending'`)\n",
  },
  {
    name: 'refused act silently dropped',
    file: 'electron/core/outbox/settle.ts',
    search: "signedOut ? 'signed_out' : waits ? 'queued' : receipt.outcome",
    replace: "signedOut ? 'signed_out' : waits ? 'queued' : 'discarded'",
  },
  {
    name: 'what was being sent is forgotten',
    file: 'electron/core/sync/exchange-step.ts',
    search: '  quietly(ctx, () => unmarkSending(ctx.db))\n',
    replace:
      "  quietly(ctx, () => ctx.db.run(`DELETE FROM outbox WHERE state = 'sending' AND attempts > 2`))\n  quietly(ctx, () => unmarkSending(ctx.db))\n",
  },
  {
    name: 'poisoned act blocks the queue',
    file: 'electron/core/outbox/next-ready.ts',
    search: '    } else if (row.reportId !== null) waiting',
    replace:
      "    } else if (row.state === 'rejected' || row.state === 'conflict') break\n    else if (row.reportId !== null) waiting",
  },
  {
    name: 'no order on a report',
    file: 'electron/core/outbox/next-ready.ts',
    search: '!ahead.some((other) => dependsOn(order, other)) &&',
    replace: '',
  },
  {
    name: 'a retry gets a new id',
    file: 'electron/core/outbox/next-ready.ts',
    search: "  db.run(`UPDATE outbox SET state = 'queued' WHERE state = 'sending'`)",
    replace:
      "  db.run(`UPDATE outbox SET id = substr(id, 1, 35) || ((attempts + 1) % 10) WHERE state = 'sending' AND attempts > 1`)\n  db.run(`UPDATE outbox SET state = 'queued' WHERE state = 'sending'`)",
  },
  {
    name: 'signed-out acts are sent anyway and refused',
    file: 'electron/core/outbox/settle.ts',
    search: "const signedOut = receipt.outcome === 'rejected' && receipt.reason === 'session_expired'",
    replace: "const signedOut = receipt.outcome === 'rejected' && receipt.reason === 'changed'",
  },
  {
    name: 'refused answer loses its text',
    file: 'electron/core/outbox/settle.ts',
    search: '  else if (!signedOut && !waits) keepAsDraft(db, row, now)\n',
    replace:
      "  else if (!signedOut && !waits) db.run('DELETE FROM drafts WHERE reply_id = ? AND submitted = 1', replyId)\n",
  },
  {
    name: 'draft deleted when handed in',
    file: 'electron/core/commands/submit-reply.ts',
    search:
      "() => desk.db.run('UPDATE drafts SET submitted = 1, reply_id = ? WHERE id = ?', replyId, draftId),",
    replace: "() => desk.db.run('UPDATE drafts SET submitted = 1 WHERE id = ?', draftId),",
  },
  // The desk: the mirror.
  {
    name: 'stale answer accepted',
    file: 'electron/core/mirror/apply-change.ts',
    search: "    if (page.baseCursor !== getMeta(db, 'cursor')) return null\n",
    replace: '',
  },
  {
    name: 'cursor moves before the rows',
    file: 'electron/core/sync/accept-answer.ts',
    search: '  const write = () => {\n',
    replace:
      "  if (first && !response.resync && !otherEpoch && first.baseCursor === getMeta(db, 'cursor')) { setMeta(db, 'cursor', first.cursor); first = { ...first, baseCursor: first.cursor } }\n  const write = () => {\n",
  },
  {
    name: 'receipts are dropped',
    file: 'electron/core/sync/accept-answer.ts',
    search: '    topics = settle(db, response.receipts, projection, response.hubTime)\n',
    replace: '',
  },
  {
    name: 'removal skipped',
    file: 'electron/core/mirror/apply-change.ts',
    search: '  if (change.removed) return removeRow(db, change.kind, change.id, touched)\n',
    replace: '  if (change.removed) return\n',
  },
  {
    name: 'removal without the search index',
    file: 'electron/core/mirror/purge.ts',
    search: '    forgetReport(db, row.rid)\n',
    replace: '',
  },
  {
    name: 'removal leaves the timeline',
    file: 'electron/core/mirror/purge.ts',
    search: "AND kind <> 'letter'`, reportId)",
    replace: "AND kind <> 'letter' AND kind <> 'entry'`, reportId)",
  },
  {
    name: 'removal takes unsent acts along',
    file: 'electron/core/mirror/purge.ts',
    search: '  const sheets = db.all<',
    replace:
      "  db.run(`DELETE FROM outbox WHERE report_id = ? AND state IN ('held', 'queued', 'signed_out')`, reportId)\n  const sheets = db.all<",
  },
  {
    name: 'number of a voided letter used again',
    file: 'electron/core/queries/register.ts',
    search: 'WHERE register_id = ?1 AND year = ?2 AND n IS NOT NULL\nUNION',
    replace:
      "WHERE register_id = ?1 AND year = ?2 AND n IS NOT NULL\n  AND id NOT IN (SELECT id FROM m_rows WHERE kind = 'letter' AND body ->> '$.state' = 'void')\nUNION",
  },
  {
    name: 'acts of a report that left keep their words',
    file: 'electron/core/mirror/purge.ts',
    search: "WHERE report_id = ? AND state IN ('applied', 'discarded') AND",
    replace: "WHERE report_id = ? AND state IN ('discarded') AND",
  },
  {
    name: 'epoch ignored by the desk',
    file: 'electron/core/sync/accept-answer.ts',
    search: 'const offered = otherEpoch ? offerAgain',
    replace: 'const offered = otherEpoch && response.more ? offerAgain',
  },
  {
    name: 'resync never ends',
    file: 'electron/core/mirror/apply-change.ts',
    search: 'if (resyncing) for (const gone of finishResync(db)) removeRow',
    replace: 'if (resyncing && page.more) for (const gone of finishResync(db)) removeRow',
  },
  {
    name: 'empty answer wipes the mirror',
    file: 'electron/core/mirror/apply-change.ts',
    search: "    setMeta(db, 'cursor', page.cursor)\n",
    replace:
      "    setMeta(db, 'cursor', page.cursor)\n    if (page.changes.length === 0 && !page.more && resyncing) db.run('DELETE FROM m_report_states')\n    if (page.changes.length === 0 && getMeta(db, 'last_synced_at') === null) db.run('DELETE FROM m_reports')\n",
  },
  {
    name: 'synced by the clock of this PC',
    file: 'electron/core/sync/accept-answer.ts',
    search: "  setMeta(db, 'last_synced_at', hubTime)\n",
    replace: "  setMeta(db, 'last_synced_at', Date.now())\n",
  },
  {
    name: 'overlay stays after its receipt',
    file: 'electron/core/outbox/settle.ts',
    search: "  db.run(`UPDATE outbox SET settled_seq = n WHERE state = 'applied' AND settled_seq IS NULL`)\n",
    replace: '',
  },
  // The link.
  {
    // That the page itself passes for an answer cannot be planted: the schema of the answer refuses it once more.
    name: 'acts count as sent on a page of HTML',
    file: 'electron/core/sync/exchange-step.ts',
    search: 'await ctx.client.exchange(asked, traffic),',
    replace:
      "await ctx.client.exchange(asked, traffic).catch((error) => { if (error.code === 'login_page') ctx.db.run(`UPDATE outbox SET state = 'applied' WHERE state = 'sending'`); throw error }),",
  },
  {
    name: 'a cut answer ends the trying',
    file: 'electron/core/hub-client/judge.ts',
    search: "throw new AppError('hub_unreachable', 'answer incomplete')",
    replace: "throw new AppError('device_revoked', 'answer incomplete')",
  },
  {
    name: 'no second try',
    file: 'electron/core/sync/sync-machine.ts',
    search: '  const wait = Math.max(backoff(state.attempt, event.draw), asked)\n',
    replace:
      '  const wait = state.attempt > 3 ? 86_400_000 : Math.max(backoff(state.attempt, event.draw), asked)\n',
  },
  {
    name: 'backoff without a cap',
    file: 'electron/core/sync/backoff.ts',
    search: 'Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt, 20))',
    replace: 'BASE_MS * 60 * 2 ** Math.min(attempt, 20)',
  },
  {
    name: 'backoff never reset',
    file: 'electron/core/sync/sync-machine.ts',
    search: 'const healthy: SyncState = { ...state, attempt: 0, problem: null }',
    replace: 'const healthy: SyncState = { ...state, problem: null }',
  },
  {
    name: 'a broken poll is never taken up',
    file: 'electron/core/sync/sync-machine.ts',
    search: "const idle = schedule({ ...healthy, phase: 'idle' }, IDLE_POLL_MS, event.now)",
    replace: "const idle = schedule({ ...healthy, phase: 'idle' }, 40 * IDLE_POLL_MS, event.now)",
  },
  // The record.
  {
    name: 'an act without its audit entry',
    file: 'electron/core/outbox/decide.ts',
    search: '    appendAudit(desk.db, {',
    replace: "    if (action !== 'outbox.discard') appendAudit(desk.db, {",
  },
  {
    name: 'audit chain forgets its predecessor',
    file: 'electron/core/audit/chain.ts',
    search: '    prev: last?.hash ?? CHAIN_START,',
    replace: '    prev: last && last.n % 7 !== 0 ? last.hash : CHAIN_START,',
  },
]
