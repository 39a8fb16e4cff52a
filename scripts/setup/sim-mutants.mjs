import { DESK_MUTANTS } from './sim-mutants-desk.mjs'

/**
 * Bugs of the hub that the simulator has to find, in the same form.
 * @type {readonly import('./sim-bundle.mjs').Mutant[]}
 */
const HUB_MUTANTS = [
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
    search: 'const ahead = reportId === null ? undefined : waiting.get(reportId)',
    replace: 'const ahead = reportId === null || waiting.size < 99 ? undefined : waiting.get(reportId)',
  },
  {
    name: 'first refusal ends the batch',
    file: 'electron/hub/exchange/apply.ts',
    search: '    else if (receipt) receipts.push(receipt)\n',
    replace: "    else if (receipt) receipts.push(receipt)\n    if (receipt?.outcome === 'rejected') break\n",
  },
  {
    name: 'a restored hub lends what PCs already hold',
    file: 'electron/hub/exchange/held-numbers.ts',
    search: 'await moveOn(work, register, n + 1)',
    replace: 'await moveOn(work, register, next)',
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
    name: 'cursor one too far at the page end',
    file: 'electron/hub/feed/page.ts',
    search: 'const seq = more ? (page.at(-1)?.seq ?? cursor?.seq ?? 0) : head',
    replace: 'const seq = more ? (page.at(-1)?.seq ?? cursor?.seq ?? 0) + 1 : head',
  },
  {
    name: 'a snapshot forgets what changed meanwhile',
    file: 'electron/hub/feed/snapshot.ts',
    search: 'const rows = found.filter((row) => row.seq !== null)\n  const changed =',
    replace:
      'const rows = found.length > room.changes ? found.filter((row) => row.seq !== null) : []\n  const changed =',
  },
  {
    name: 'a snapshot forgets the rows of a report that moved',
    file: 'electron/hub/feed/snapshot.ts',
    search: "...bundles.filter((row) => row.kind !== 'report_state')",
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
    search:
      "  if (reply.body.authorId === person.id) throw reject('four_eyes')\n  requireReplyState(action, reply, base)\n  if (!mayDecideReply(reply.body, person)) throw reject('wrong_state')\n",
    replace: '  requireReplyState(action, reply, base)\n',
  },
  {
    name: 'approval not bound to the hash',
    file: 'electron/hub/workflow/reply-decide.ts',
    search: 'if (!covers || hashNow(held, reply.body) !== hash) throw',
    replace: 'if (!covers && held.report.version < 0) throw',
  },
  {
    name: 'citizen message leaves answers waiting',
    file: 'electron/hub/intake/citizen-message.ts',
    search: "  await voidReplies(work, held, 'citizen_message')\n",
    replace: '',
  },
  {
    name: 'flags leave answers waiting',
    file: 'electron/hub/workflow/flags.ts',
    search: "  await voidReplies(scope.work, held, 'flags_changed')\n",
    replace: '',
  },
  {
    name: 'a moved report leaves answers waiting',
    file: 'electron/hub/workflow/move.ts',
    search: "  await voidReplies(work, held, 'moved')\n",
    replace: '',
  },
  {
    name: 'withdrawn answer can be approved',
    file: 'electron/hub/workflow/reply-decide.ts',
    search:
      "  requireReplyState(action, reply, base)\n  if (!mayDecideReply(reply.body, person)) throw reject('wrong_state')\n",
    replace: '',
  },
  {
    name: 'an acknowledgement is published twice',
    file: 'electron/hub/workflow/publish.ts',
    search: '  await publicLine(work, held, reply, by, next)\n',
    replace:
      "  await publicLine(work, held, reply, by, next)\n  if (reply.kind === 'acknowledgement') await publicLine(work, held, reply, by, next)\n",
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
    file: 'electron/hub/workflow/registers.ts',
    search: 'do update set next_n = c.next_n + $4 returning next_n`',
    replace: 'do update set next_n = c.next_n returning next_n`',
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
]

/** Every bug that can be planted. */
export const MUTANTS = [...HUB_MUTANTS, ...DESK_MUTANTS]
