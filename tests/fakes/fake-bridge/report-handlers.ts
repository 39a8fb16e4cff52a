import { nextState, refusalOf, TRANSITIONS, type ReportAction } from '@shared/domain/workflow.ts'
import type { Handlers, Parsed } from '@shared/ipc/contract.ts'
import { AppError } from '@shared/ipc/errors.ts'
import type { InboxView, ReportDetail, ReportSummary } from '@shared/ipc/views.ts'
import { InboxView as InboxViews } from '@shared/ipc/views.ts'
import { PEOPLE, uuid } from './office.ts'
import { clocksNow, summaryOf, type FakeReport } from './reports.ts'
import type { World } from './world.ts'

const OPEN_VIEWS: Record<InboxView, (row: ReportSummary, fake: FakeReport, world: World) => boolean> = {
  all: () => true,
  new: (row) => row.state === 'received' || row.state === 'reopened',
  due_today: (row) => row.clock.status === 'due_today',
  late: (row) => row.clock.status === 'late',
  awaiting_approval: (row) => row.replyState === 'submitted',
  returned: (row) => row.replyState === 'returned' || row.replyState === 'voided',
  citizen_replied: (_row, fake) => fake.state.citizenRepliedAt !== null,
  mine: (row, fake, world) => fake.state.assigneeId === world.person.id && !isOver(row),
  closed: (row) => isOver(row),
}
const isOver = (row: ReportSummary) => row.clock.status === 'met' || row.clock.status === 'none'
const dueKey = (row: ReportSummary) =>
  isOver(row) ? 5e15 : row.clock.status === 'paused' ? 4e15 : (row.clock.dueAt ?? 4e15)

/** The first of the named fields that is a text. */
const textOf = (payload: Record<string, unknown>, ...names: string[]): string =>
  names.map((name) => payload[name]).find((value) => typeof value === 'string') ?? ''

/** The inbox, a report and what is done to it, in memory. */
export function reportHandlers(world: World) {
  const find = (reportId: string) => {
    const fake = world.reports.find((one) => one.report.id === reportId)
    if (!fake) throw new AppError('not_found')
    return fake
  }
  const rows = (view: InboxView) =>
    world.reports
      .map((fake) => [summaryOf(fake, world.now()), fake] as const)
      .filter(([row, fake]) => OPEN_VIEWS[view](row, fake, world))

  const queue = (fake: FakeReport, kind: string) => {
    const mutationId = uuid(900_000 + world.mutations++)
    const undo = structuredClone({ state: fake.state, entries: fake.entries, outbox: fake.outbox })
    world.undo.set(mutationId, () => Object.assign(fake, undo))
    fake.outbox.push({
      id: mutationId,
      kind,
      reportId: fake.report.id,
      reportNumber: fake.report.number,
      reportSubject: fake.report.subject,
      personName: world.person.name,
      madeAt: world.now(),
      state: 'queued',
      carrier: null,
      attempts: 0,
      sentAt: null,
      receiptAt: null,
      reason: null,
      conflict: null,
      dependsOn: null,
      editable: false,
    })
    // After the caller has changed the report, as the core announces only what it has committed.
    queueMicrotask(() => world.stale('reports', `report:${fake.report.id}`, 'outbox'))
    return { mutationId, undoUntil: world.now() + 10_000 }
  }
  const act = (fake: FakeReport, action: ReportAction, payload: Record<string, unknown>) => {
    const refusal = refusalOf(action, fake.state.state, world.person.roles, textOf(payload, 'reason'))
    if (refusal) throw new AppError(refusal === 'wrong_role' ? 'not_allowed' : refusal)
    const queued = queue(fake, `report.${action}`)
    const to = nextState(action, fake.state.state, fake.state.proposal)
    const {
      class: kind,
      priority,
      assigneeId,
      leadId,
      anonymous,
      confidential,
      reviewOn,
    } = payload as never as Partial<Record<string, never>>
    fake.state = {
      ...fake.state,
      state: to,
      ...(kind === undefined ? {} : { class: kind }),
      ...(priority === undefined ? {} : { priority }),
      ...(assigneeId === undefined ? {} : { assigneeId }),
      ...(leadId === undefined ? {} : { groupLeadId: leadId }),
      ...(anonymous === undefined ? {} : { anonymous }),
      ...(confidential === undefined ? {} : { confidential }),
      ...(reviewOn === undefined ? {} : { reviewOn }),
      ...(action === 'verify' ? { verifiedAt: world.now() } : {}),
      updatedAt: world.now(),
    }
    fake.entries = [
      ...fake.entries,
      {
        id: uuid(800_000 + world.mutations),
        reportId: fake.report.id,
        kind: 'internal',
        action,
        actorId: world.person.id,
        actorName: world.person.name,
        text: textOf(payload, 'text', 'question', 'reason', 'note'),
        data: {},
        at: world.now(),
      },
    ]
    return queued
  }
  return {
    'reports.list': (filter: Parsed<'reports.list'>) =>
      page(
        rows(filter.view).map(([row]) => row),
        filter,
        world.indexing,
      ),
    'reports.counts': () => {
      const everyone = world.reports.map((fake) => summaryOf(fake, world.now()))
      const tally = (names: string[]) =>
        [...new Set(names)].map((name) => ({ name, count: names.filter((other) => other === name).length }))
      return {
        views: Object.fromEntries(InboxViews.options.map((view) => [view, rows(view).length])) as Record<
          InboxView,
          number
        >,
        replyQueue: rows('awaiting_approval').length,
        proposals: everyone.filter((row) => row.state.endsWith('_proposed')).length,
        districts: tally(everyone.map((row) => row.district)),
        services: tally(world.reports.map(({ report }) => `${report.serviceCode}|${report.serviceName}`)).map(
          ({ name, count }) => ({
            code: name.split('|')[0]!,
            name: name.split('|')[1]!,
            count,
          }),
        ),
      }
    },
    'reports.get': ({ reportId }) => detail(find(reportId), world),
    'reports.find': ({ q }) => ({
      reportId: world.reports.find(({ report }) => report.number === q.toUpperCase())?.report.id ?? null,
    }),
    'reports.markRead': ({ reportId }) => {
      const fake = find(reportId)
      if (fake.unread) {
        fake.unread = false
        world.stale('reports')
      }
      return {}
    },
    'reports.triage': ({ reportId, action, payload }) => act(find(reportId), action, payload),
    'reports.dispose': ({ reportId, payload }) => ({
      ...act(find(reportId), 'dispose', payload),
      dispositionId: uuid(700_001),
    }),
    'reports.undo': ({ mutationId }) => {
      const undo = world.undo.get(mutationId)
      if (!undo) throw new AppError('wrong_state')
      undo()
      world.undo.delete(mutationId)
      world.stale('reports', 'outbox')
      return {}
    },
    'reports.proposals': () =>
      rows('all')
        .filter(([, fake]) => fake.state.proposal)
        .map(([row, fake]) => ({
          ...row,
          reason: fake.state.proposal!.reason,
          proposedKind: fake.state.proposal!.kind,
          targetName: fake.state.proposal!.agencyId,
        })),
    'reports.revealIdentity': ({ reportId }) => find(reportId).identity,
  } satisfies Partial<Handlers>
}

function page(rows: ReportSummary[], filter: Parsed<'reports.list'>, indexing: World['indexing']) {
  const q = filter.q.trim().toLowerCase()
  const found = rows
    .filter((row) => filter.states.length === 0 || filter.states.includes(row.state))
    .filter((row) => filter.districts.length === 0 || filter.districts.includes(row.district))
    .filter((row) => !q || `${row.subject} ${row.number} ${row.district}`.toLowerCase().includes(q))
    .map((row) => (q ? { ...row, snippet: mark(row.subject, q) } : row))
    .sort((a, b) =>
      filter.sort === 'newest'
        ? b.requestedAt - a.requestedAt
        : filter.sort === 'subject'
          ? a.subject.localeCompare(b.subject)
          : dueKey(a) - dueKey(b),
    )
  if (filter.descending) found.reverse()
  const start = filter.after ? Number(filter.after) : 0
  const end = start + filter.limit
  return {
    items: found.slice(start, end),
    next: end < found.length ? String(end) : null,
    total: found.length,
    indexing: q ? indexing : null,
  }
}

function mark(text: string, q: string): string {
  const at = text.toLowerCase().indexOf(q)
  return at < 0
    ? text
    : `${text.slice(0, at)}[[${text.slice(at, at + q.length)}]]${text.slice(at + q.length)}`
}

function groupOf(fake: FakeReport, world: World): ReportDetail['group'] {
  const leadId = fake.state.groupLeadId ?? fake.report.id
  const members = world.reports.filter((one) => one.report.id === leadId || one.state.groupLeadId === leadId)
  return members.length < 2
    ? []
    : members.map(({ report }) => ({
        id: report.id,
        number: report.number,
        subject: report.subject,
        lead: report.id === leadId,
      }))
}

function detail(fake: FakeReport, world: World): ReportDetail {
  const { report, state } = fake
  const clocks = clocksNow(fake, world.now())
  const actions = [...new Set(TRANSITIONS.filter((row) => row.roles.length > 0).map((row) => row.action))]
  return {
    report,
    state,
    version: 1,
    stateVersion: 1,
    response: clocks.response,
    settlement: clocks.settlement,
    verify: clocks.verify,
    entries: fake.entries,
    dispositions:
      state.state === 'disposed'
        ? [
            {
              id: uuid(700_001),
              reportId: report.id,
              fromId: PEOPLE[3]!.id,
              toIds: [PEOPLE[0]!.id],
              units: ['Bidang Bina Marga'],
              instructions: ['Periksa lapangan dan laporkan'],
              note: 'Mohon hari ini.',
              dueOn: '2026-11-27',
              urgency: 'segera',
              createdAt: report.requestedAt + 86_400_000,
            },
          ]
        : [],
    replies: fake.replies,
    drafts: fake.drafts,
    letters: [],
    group: groupOf(fake, world),
    actions: actions.map((action) => {
      const refusal = refusalOf(action, state.state, world.person.roles, 'x')
      return { action, refusal: refusal === 'reason_required' ? null : refusal }
    }),
    assigneeName: PEOPLE.find((person) => person.id === state.assigneeId)?.name ?? null,
    outbox: fake.outbox,
  }
}
