/**
 * Bugs that the simulator has to find. Each is a small, plausible mistake in the desk's core or the hub; `search` must
 * occur exactly once in its file, so a mutant that no longer fits the code fails loudly.
 * @type {readonly import('./sim-bundle.mjs').Mutant[]}
 */
export const MUTANTS = [
  // Receipts and idempotency at the hub.
  {
    name: 'no idempotency',
    file: 'electron/hub/exchange/receipts.ts',
    search: '  if (!row) return null\n  if (row.payload_hash',
    replace: "  if (!row || row.outcome === 'applied') return null\n  if (row.payload_hash",
  },
  {
    name: 'receipt outside the effect',
    file: 'electron/hub/exchange/apply.ts',
    search: `        if (!(await claim(work, device, m))) return (await earlierReceipt(work, device.agencyId, m))!
        const handle = handlers[m.kind] as Handler<typeof m.kind>
        const scope: Scope = { work, device, person }
        return settle(work, device.agencyId, applied(m.id, await handle(scope, m as never)))
      },
      backdate ? Math.min(m.madeAt, hub.clock()) : undefined,
    )`,
    replace: `        const handle = handlers[m.kind] as Handler<typeof m.kind>
        const scope: Scope = { work, device, person }
        return applied(m.id, await handle(scope, m as never))
      },
      backdate ? Math.min(m.madeAt, hub.clock()) : undefined,
    ).then((receipt) => hub.work(async (work) => {
      await claim(work, device, m)
      return settle(work, device.agencyId, receipt)
    }))`,
  },
  {
    name: 'expired session remembered as refusal',
    file: 'electron/hub/exchange/apply.ts',
    search: "  if (!person) return refusal(m.id, 'rejected', 'session_expired')",
    replace:
      "  if (!person) return hub.work(async (work) => { await claim(work, device, m); return settle(work, device.agencyId, refusal(m.id, 'rejected', 'session_expired')) })",
  },
  {
    name: 'later acts overtake one that comes again',
    file: 'electron/hub/exchange/apply.ts',
    search: 'if (reportId !== null && waiting.has(reportId)) continue',
    replace: 'if (reportId !== null && waiting.size > 99) continue',
  },
  {
    name: 'first refusal ends the batch',
    file: 'electron/hub/exchange/apply.ts',
    search: '    if (receipt) receipts.push(receipt)\n',
    replace: "    if (receipt) receipts.push(receipt)\n    if (receipt?.outcome === 'rejected') break\n",
  },
  {
    name: 'same epoch after a restore',
    file: 'electron/hub/server.ts',
    search: '  if (options.restored) await',
    replace: '  if (options.restored && options.practice) await',
  },
  {
    name: 'epoch counted, not drawn',
    file: 'electron/hub/server.ts',
    search: "where key = 'epoch'`, [newEpoch(random)])",
    replace: "where key = 'epoch'`, [newEpoch(() => new Uint8Array(4))])",
  },
  // The feed.
  {
    name: 'cursor skips at the page end',
    file: 'electron/hub/feed/page.ts',
    search: 'const seq = more ? (page.at(-1)?.seq ?? cursor?.seq ?? 0) : head',
    replace: 'const seq = head',
  },
  {
    name: 'another epoch is not noticed',
    file: 'electron/hub/feed/page.ts',
    search:
      "  if (c.epoch !== hub.epoch) return 'other_epoch'\n  if (c.seq > hub.head) return 'cursor_ahead'\n",
    replace: '',
  },
  {
    name: 'no tombstone for the old agency',
    file: 'electron/hub/feed/put.ts',
    search:
      "  await work.q(PUT, [agencyId, 'report', id, version, null, -1, JSON.stringify(removed), work.now])\n",
    replace:
      "  await work.q(PUT.replace('insert into agency_item', 'insert into agency_item'), [agencyId, 'report', id, version, '{}', -1, null, null])\n",
  },
  {
    name: 'children stay in the old feed',
    file: 'electron/hub/feed/put.ts',
    search: "(kind in ('entry', 'disposition', 'reply') and entity_id = any($3))",
    replace: "(kind in ('disposition') and entity_id = any($3))",
  },
  {
    name: 'report count forgets who left',
    file: 'electron/hub/feed/put.ts',
    search: 'version, null, -1, JSON.stringify(removed)',
    replace: 'version, null, 0, JSON.stringify(removed)',
  },
  {
    name: 'internal lines move along',
    file: 'electron/hub/workflow/move.ts',
    search: 'if (c.open || c.agency_id === target)',
    replace: 'if (c.open || c.agency_id !== target)',
  },
  // Approval.
  {
    name: 'drafter approves own answer',
    file: 'electron/hub/workflow/reply-decide.ts',
    search: "  if (reply.body.authorId === person.id) throw reject('four_eyes')\n",
    replace: '',
  },
  {
    name: 'approval not bound to the hash',
    file: 'electron/hub/workflow/reply-decide.ts',
    search: 'if (!covers || hashNow(held, reply.body) !== hash) throw',
    replace: 'if (!covers && held.report.version < 0) throw',
  },
  {
    name: 'approval survives a new version',
    file: 'electron/hub/workflow/reply-decide.ts',
    search:
      'hash === reply.body.hash && reportVersion === reply.body.reportVersion && reportVersion === current',
    replace: 'reportVersion <= current',
  },
  {
    name: 'flags may change under an approval',
    file: 'electron/hub/workflow/reply-submit.ts',
    search: '      anonymous,\n      confidential,\n    }),\n  )\n}',
    replace: '      anonymous: anonymous && held.report.version < 0,\n      confidential,\n    }),\n  )\n}',
  },
  {
    name: 'citizen message leaves answers waiting',
    file: 'electron/hub/intake/citizen-message.ts',
    search: "  await voidReplies(work, held, 'citizen_message')\n",
    replace: '',
  },
  {
    name: 'withdrawn answer can be approved',
    file: 'shared/domain/workflow.ts',
    search: "{ action: 'approve', from: ['submitted'],",
    replace: "{ action: 'approve', from: ['submitted', 'withdrawn', 'returned', 'published'],",
  },
  {
    name: 'published twice to groups',
    file: 'electron/hub/workflow/publish.ts',
    search: '  await publicLine(work, held, reply, by, next)\n',
    replace:
      '  await publicLine(work, held, reply, by, next)\n  if (reply.revision > 1) await publicLine(work, held, reply, by, next)\n',
  },
  // Merging.
  {
    name: 'last write wins',
    file: 'electron/hub/workflow/change-state.ts',
    search: '    ([field, value]) => movedByOther(field) &&',
    replace: "    ([field, value]) => field === 'groupLeadId' && movedByOther(field) &&",
  },
  {
    name: 'fields forget who changed them',
    file: 'electron/hub/store/reports.ts',
    search: 'state.fields[field] = { v: state.version, by }',
    replace: 'state.fields[field] = { v: state.version - 1, by }',
  },
  // Numbers.
  {
    name: 'lease counter stands still',
    file: 'electron/hub/workflow/leases.ts',
    search: 'next_n = c.next_n + $4 returning',
    replace: 'next_n = c.next_n + $4 - 1 returning',
  },
  {
    name: 'numbers from the client',
    file: 'electron/hub/workflow/letters.ts',
    search: "  if (rows.length === 0) throw reject('number_not_leased')\n",
    replace: '',
  },
  {
    name: 'desk takes any lease',
    file: 'shared/domain/register-gaps.ts',
    search: 'leases.filter((lease) => lease.deviceId === deviceId &&',
    replace: "leases.filter((lease) => lease.deviceId !== '' &&",
  },
  // Privacy.
  {
    name: 'anonymity leaves the name',
    file: 'electron/hub/workflow/flags.ts',
    search: 'held.report.body.reporter = anonymous ? null :',
    replace: 'held.report.body.reporter = anonymous ? held.report.body.reporter :',
  },
  // The desk: sending.
  {
    name: 'outbox row settled when sent',
    file: 'electron/core/outbox/next-ready.ts',
    search: "`UPDATE outbox SET state = 'sending', attempts",
    replace: "`UPDATE outbox SET state = 'applied', attempts",
  },
  {
    name: 'any answer settles',
    file: 'electron/core/sync/exchange-step.ts',
    search: '    const topics = settle(db, response.receipts, projection, response.hubTime)\n',
    replace:
      "    const topics = settle(db, response.receipts, projection, response.hubTime)\n    db.run(`UPDATE outbox SET state = 'applied' WHERE state = 'sending'`)\n",
  },
  {
    name: 'refused act silently dropped',
    file: 'electron/core/outbox/settle.ts',
    search: "const state = applied ? 'applied' : signedOut ? 'signed_out' : receipt.outcome",
    replace: "const state = applied ? 'applied' : signedOut ? 'signed_out' : 'discarded'",
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
    search: '  else if (!signedOut) keepAsDraft(db, row, now)\n',
    replace:
      "  else if (!signedOut) db.run('DELETE FROM drafts WHERE reply_id = ? AND submitted = 1', replyId)\n",
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
    file: 'electron/core/sync/exchange-step.ts',
    search: '  const outcome = db.tx(() => {\n',
    replace:
      "  if (!response.resync && !otherEpoch && response.baseCursor === getMeta(db, 'cursor')) setMeta(db, 'cursor', response.cursor)\n  response = { ...response, baseCursor: getMeta(db, 'cursor') }\n  const outcome = db.tx(() => {\n",
  },
  {
    name: 'receipts and rows in two transactions',
    file: 'electron/core/sync/exchange-step.ts',
    search: '    const topics = settle(db, response.receipts, projection, response.hubTime)\n    setMeta(',
    replace: '    const topics = [] as ReturnType<typeof settle>\n    setMeta(',
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
    name: 'late receipts keep the words',
    file: 'electron/core/outbox/settle.ts',
    search: '  if (applied) purgeSettled(db, row.id)\n',
    replace: '',
  },
  {
    name: 'epoch ignored by the desk',
    file: 'electron/core/sync/exchange-step.ts',
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
    file: 'electron/core/sync/exchange-step.ts',
    search: "      setMeta(db, 'last_synced_at', response.hubTime)\n",
    replace: "      setMeta(db, 'last_synced_at', host.now())\n",
  },
  {
    name: 'overlay stays after its receipt',
    file: 'electron/core/outbox/settle.ts',
    search: "  db.run(`UPDATE outbox SET settled_seq = n WHERE state = 'applied' AND settled_seq IS NULL`)\n",
    replace: '',
  },
  // The link.
  {
    name: 'a page of HTML is an answer',
    file: 'electron/core/hub-client/judge.ts',
    search: '  if (!isHubs(answer)) throw stranger(answer, asked)\n',
    replace:
      "  if (!isHubs(answer) && answer.status !== 200) throw stranger(answer, asked)\n  if (!isHubs(answer)) return { protocol: 1, hubId: '', epoch: 1, hubTime: 1, baseCursor: null, receipts: [], changes: [], cursor: '1.0.0', more: false, resync: null, reportCount: 0 }\n",
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
    search: '  return schedule({ ...rest, phase }, backoff(state.attempt, event.draw), event.now)\n',
    replace:
      '  return schedule({ ...rest, phase }, state.attempt > 3 ? 86_400_000 : backoff(state.attempt, event.draw), event.now)\n',
  },
  {
    name: 'backoff without a cap',
    file: 'electron/core/sync/backoff.ts',
    search: 'Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt, 20))',
    replace: 'BASE_MS * 60 * 2 ** Math.min(attempt, 20)',
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
