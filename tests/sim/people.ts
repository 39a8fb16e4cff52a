import { contract, type Input, type Output } from '@shared/ipc/contract.ts'
import { AppError } from '@shared/ipc/errors.ts'
import type { Role } from '@shared/domain/person.ts'
import { refusalOf, type ReportAction } from '@shared/domain/workflow.ts'
import { deskHandlers, type DeskMethod } from '../../electron/core/handlers.ts'
import { foldedReport, type FoldedReport } from '../../electron/core/queries/reports.ts'
import { boot, shut } from './desk-node.ts'
import { forgeApproval, forgeLetter, seenOf, type Seen } from './forge.ts'
import type { Theme } from './plan.ts'
import type { Draw } from './random.ts'
import { DeskDied } from './sim-db.ts'
import { storageError } from '../../electron/core/db/errors.ts'
import type { DeskNode, World } from './world.ts'

const ACTIONS: Readonly<Record<string, ReportAction>> = {
  flags: 'set_flags',
  clear: 'clear_flags',
  ask: 'ask_citizen',
  refer: 'propose_referral',
  archive: 'propose_archive',
  approve: 'approve_proposal',
  reject: 'reject_proposal',
}

/** People at their desks, and what they were shown. */
export interface People {
  approvals: Set<Seen>
  /** Ids of letters whose number was made up. */
  forgedNumbers: Set<string>
  /** The morning's work: whatever is new is verified. */
  prepare(desk: DeskNode, draw: Draw): Promise<void>
  /** One act; without a name whatever comes to mind. */
  act(desk: DeskNode, draw: Draw, name?: ActName): Promise<void>
  /** Decides everything at this desk that waits for a person. */
  decideAll(desk: DeskNode, draw: Draw): Promise<void>
}

/** What a run can ask for by name. */
export type ActName = 'triage' | 'write' | 'decide' | 'letter'

type Call = <M extends DeskMethod>(method: M, input: Input<M>) => Promise<Output<M> | null>

/** People who do everything the program lets them do, and now and then what it does not. */
export function createPeople(world: World, theme: Theme): People {
  const approvals = new Set<Seen>()
  const forgedNumbers = new Set<string>()
  let words = 0
  const text = (what: string) => `${what} kata${++words}x`

  const callAt =
    (desk: DeskNode): Call =>
    async (method, input) => {
      const { life } = desk
      if (!life || life.dead) return null
      try {
        const parsed = contract[method].input.parse(input)
        const done = Promise.resolve(deskHandlers[method](life.open, parsed as never))
        const result = await Promise.race([done, life.whenDead])
        if (life.dead) return null
        desk.ledger.learn(life.db as never)
        world.count(`act.${method}`)
        world.trace(`act ${desk.name} ${method} ${JSON.stringify(input).slice(0, 160)}`)
        return result as Output<typeof method>
      } catch (thrown) {
        const error = storageError(thrown)
        if (error instanceof DeskDied || life.dead) return null
        if (!(error instanceof AppError)) throw thrown
        world.count(`refused.${method}.${error.code}`)
        world.trace(`no ${desk.name} ${method} ${error.code}`)
        return null
      }
    }

  const anyReport = (desk: DeskNode, draw: Draw): FoldedReport | null => {
    const ids = desk.life!.db.all<{ id: string }>('SELECT id FROM report_current ORDER BY id')
    // Trouble comes where several people work on one report.
    const of = draw.chance(0.3) ? ids.slice(0, 1) : ids
    return ids.length === 0 ? null : foldedReport(desk.life!.open.desk, draw.pick(of).id)
  }
  /** People mostly do what the buttons offer; now and then a call comes that no button would have made. */
  const mayDo = (desk: DeskNode, { state }: FoldedReport, name: string) =>
    refusalOf(ACTIONS[name] ?? (name as ReportAction), state.state, rolesOf(desk), 'sebab') === null
  const writable = ({ state }: FoldedReport) => refusalOf('submit_reply', state.state, ['clerk']) === null
  const peopleOf = (desk: DeskNode) => desk.enrolled.people.map((person) => person.id)
  const rolesOf = (desk: DeskNode): readonly Role[] => desk.life!.open.desk.person.roles

  const seat = (desk: DeskNode, personId: string): void => {
    if (desk.personId === personId) return
    shut(world, desk)
    boot(world, desk, personId)
  }

  const acts: Record<string, (desk: DeskNode, draw: Draw, call: Call) => Promise<unknown>> = {
    async triage(desk, draw, call) {
      const found = anyReport(desk, draw)
      if (!found) return
      const reportId = found.report.id
      const reason = text('sebab')
      const priority = draw.pick(['low', 'normal', 'high', 'urgent'] as const)
      const classes = ['pengaduan', 'keluhan', 'aspirasi', 'informasi'] as const
      const away = draw.pick(['PUPR', 'DLH', 'KOMINFO'].filter((id) => id !== desk.record.device.agencyId))
      const other = anyReport(desk, draw)!.report.id
      const triage = (action: string, payload: object) =>
        call('reports.triage', { reportId, action, payload } as Input<'reports.triage'>)
      const moves: Record<string, [number, () => Promise<unknown>]> = {
        verify: [
          9,
          () => triage('verify', { class: draw.pick(classes), oversight: draw.chance(0.3), priority }),
        ],
        classify: [3, () => triage('classify', { class: draw.pick(classes), oversight: draw.chance(0.3) })],
        prioritise: [4, () => triage('prioritise', { priority })],
        assign: [
          3,
          () => triage('assign', { assigneeId: draw.chance(0.3) ? null : draw.pick(peopleOf(desk)) }),
        ],
        note: [3, () => triage('note', { text: text('catatan') })],
        flags: [
          0.8,
          () => triage('set_flags', draw.chance(0.5) ? { anonymous: true } : { confidential: true }),
        ],
        clear: [0.5, () => triage('clear_flags', { anonymous: false, confidential: false, reason })],
        ask: [0.5, () => triage('ask_citizen', { question: text('tanya'), reason })],
        resume: [2, () => triage('resume', { note: text('lanjut') })],
        refer: [1, () => triage('propose_referral', { agencyId: draw.chance(0.2) ? null : away, reason })],
        archive: [0.3, () => triage('propose_archive', { reason })],
        approve: [4, () => triage('approve_proposal', {})],
        reject: [1, () => triage('reject_proposal', { reason })],
        schedule: [0.5, () => triage('schedule', { reviewOn: '2026-05-04', reason })],
        group: [0.5, () => triage('group', { leadId: other })],
        ungroup: [2, () => triage('ungroup', {})],
        route: [2, () => triage('route', { agencyId: away })],
        reopen: [1, () => triage('reopen', { reason })],
      }
      const weights = Object.fromEntries(
        Object.entries(moves).map(([name, [weight]]) => [
          name,
          mayDo(desk, found, name) ? weight : weight / 30,
        ]),
      )
      await moves[draw.weighted(weights)]![1]()
    },
    async dispose(desk, draw, call) {
      const found = anyReport(desk, draw)
      if (!found) return
      const given = { toIds: [draw.pick(peopleOf(desk))], units: draw.chance(0.3) ? ['Sekretariat'] : [] }
      const rest = { instructions: [], note: text('disposisi'), dueOn: null, urgency: 'biasa' as const }
      await call('reports.dispose', { reportId: found.report.id, payload: { ...given, ...rest } })
    },
    async write(desk, draw, call) {
      let found = anyReport(desk, draw)
      for (let i = 0; i < 4 && found && !writable(found); i++) found = anyReport(desk, draw)
      if (!found) return
      const reportId = found.report.id
      const kind = draw.chance(theme === 'letters' ? 0.6 : 0.3)
        ? ('acknowledgement' as const)
        : ('final' as const)
      const returned = found.replies.find((one) => one.state === 'returned')
      const other = draw.chance(0.3) ? found.replies.find((one) => one.state !== 'published') : undefined
      const again = returned && draw.chance(0.6) ? returned : other
      const body = text('Jawaban')
      const saved = await call('drafts.save', {
        draftId: null,
        reportId,
        kind,
        body,
        attachments: [],
        replyId: again?.id ?? null,
      })
      if (!saved) return
      desk.ledger.drafts.set(saved.id, { body, reportId })
      if (draw.chance(0.7)) await call('replies.submit', { draftId: saved.id })
    },
    async handIn(desk, draw, call) {
      const mine = await call('drafts.mine', {})
      if (!mine?.length) return
      const draft = draw.pick(mine)
      if (draw.chance(0.15)) {
        if (await call('drafts.discard', { draftId: draft.id })) desk.ledger.drafts.delete(draft.id)
      } else await call('replies.submit', { draftId: draft.id })
    },
    async decide(desk, draw, call) {
      const queue = await call('replies.queue', {})
      const found = queue?.length
        ? foldedReport(desk.life!.open.desk, draw.pick(queue).reply.reportId)
        : anyReport(desk, draw)
      const reply = found?.replies.findLast((one) => one.state === 'submitted')
      if (!found || !reply) return
      const decider = desk.enrolled.people.filter(
        (one) => one.roles.includes('supervisor') && one.id !== reply.authorId,
      )
      if (decider.length > 0 && draw.chance(rolesOf(desk).includes('supervisor') ? 0.2 : 0.7))
        seat(desk, draw.pick(decider).id)
      if (draw.chance(0.2))
        return call('replies.return', { replyId: reply.id, hash: reply.hash, reason: text('perbaiki') })
      if (draw.chance(0.1)) return call('replies.withdraw', { replyId: reply.id })
      const seen = seenOf(desk, found, reply)
      // Before the act: the process may die right after it was committed.
      approvals.add(seen)
      const { life } = desk
      const queued = await call('replies.approve', { replyId: reply.id, hash: reply.hash })
      if (!queued && life && !life.dead) approvals.delete(seen)
    },
    async withdraw(desk, draw, call) {
      const mine = desk.enrolled.people.map((one) => one.id)
      const found = anyReport(desk, draw)
      const reply = found?.replies.find((one) => one.state === 'submitted' && mine.includes(one.authorId))
      if (!reply) return
      seat(desk, reply.authorId)
      await call('replies.withdraw', { replyId: reply.id })
    },
    /** A report is proposed for another office and approved at once: everything about it has to leave this one. */
    async moveAway(desk, draw, call) {
      const letters = desk.life!.db.all<{ id: string }>(
        `SELECT report_id AS id FROM letters WHERE report_id IN (SELECT id FROM report_current) ORDER BY id`,
      )
      const quoted = letters.length > 0 && draw.chance(0.6) ? draw.pick(letters).id : null
      const found = quoted ? foldedReport(desk.life!.open.desk, quoted) : anyReport(desk, draw)
      const supervisors = desk.enrolled.people.filter((one) => one.roles.includes('supervisor'))
      if (!found || supervisors.length === 0 || !mayDo(desk, found, 'refer')) return
      const reportId = found.report.id
      const agencyId = draw.pick(
        ['PUPR', 'DLH', 'KOMINFO'].filter((id) => id !== desk.record.device.agencyId),
      )
      const payload = { agencyId, reason: text('sebab') }
      if (!(await call('reports.triage', { reportId, action: 'propose_referral', payload }))) return
      seat(desk, draw.pick(supervisors).id)
      await call('reports.triage', { reportId, action: 'approve_proposal', payload: {} })
    },
    async forge(desk, draw) {
      let found = anyReport(desk, draw)
      for (let i = 0; i < 4 && found?.replies.length === 0; i++) found = anyReport(desk, draw)
      if (found) forgeApproval(world, desk, found, draw, approvals)
    },
    forgeLetter: (desk, draw) => Promise.resolve(forgeLetter(world, desk, draw, forgedNumbers)),
    async letter(desk, draw, call) {
      let found = anyReport(desk, draw)
      const answered = () =>
        found?.replies.findLast((one) => one.state === 'published' || one.state === 'approved')
      for (let i = 0; i < 4 && !answered(); i++) found = anyReport(desk, draw)
      const reply = answered()
      if (!found || !reply) return
      const order = { kind: 'reply' as const, reportId: found.report.id, replyId: reply.id }
      const view = await call('letters.draft', { ...order, dispositionId: null, paper: null, date: null })
      if (view) await call('letters.issue', { letterId: view.id })
    },
    async voidLetter(desk, draw, call) {
      const all = await call('letters.list', { year: null, kind: null, reportId: null })
      const issued = all?.filter((one) => one.state === 'issued') ?? []
      const here = new Set(
        desk.life?.db.all<{ id: string }>('SELECT id FROM report_current').map(({ id }) => id),
      )
      const left = issued.filter((one) => !here.has(one.reportId))
      if (issued.length > 0)
        await call('letters.void', {
          letterId: draw.pick(left.length > 0 && draw.chance(0.6) ? left : issued).id,
          reason: text('batal'),
        })
    },
    async outbox(_desk, draw, call) {
      const open = (await call('sync.outbox', { open: true })) ?? []
      if (open.length === 0) return
      const { id: mutationId, state } = draw.pick(open)
      if (state === 'conflict')
        return call('sync.resolve', { mutationId, choice: draw.pick(['mine', 'hub']) })
      if (state === 'held') return call('reports.undo', { mutationId })
      if (state === 'rejected' || state === 'signed_out')
        return draw.chance(0.5) ? call('sync.retry', { mutationId }) : call('sync.discard', { mutationId })
    },
    async syncNow(desk) {
      const { life } = desk
      world.trace(`sync now ${desk.name}`)
      void life!.open.engine.now(10_000)
    },
    async read(desk, draw, call) {
      const found = anyReport(desk, draw)
      if (found) await call('reports.markRead', { reportId: found.report.id })
    },
  }
  const rest = { dispose: 1, handIn: 2, outbox: 3, syncNow: 3, read: 0.3, withdraw: 0.6, moveAway: 0.8 }
  const weights = {
    everything: {
      ...rest,
      triage: 9,
      write: 6,
      decide: 8,
      letter: 3,
      voidLetter: 0.5,
      forge: 0.8,
      forgeLetter: 0.2,
    },
    answers: {
      ...rest,
      triage: 4,
      write: 9,
      decide: 12,
      letter: 1,
      voidLetter: 0.2,
      forge: 4,
      forgeLetter: 0.2,
    },
    letters: {
      ...rest,
      triage: 2,
      write: 7,
      decide: 12,
      letter: 9,
      voidLetter: 3,
      forge: 0.3,
      forgeLetter: 1,
    },
  }[theme]

  return {
    approvals,
    forgedNumbers,
    async prepare(desk, draw) {
      const call = callAt(desk)
      const payload = {
        class: draw.pick(['pengaduan', 'keluhan'] as const),
        oversight: false,
        priority: 'normal' as const,
      }
      for (const { id } of desk.life?.db.all<{ id: string }>('SELECT id FROM report_current ORDER BY rid') ??
        [])
        await call('reports.triage', { reportId: id, action: 'verify', payload })
    },
    async act(desk, draw, name) {
      const { life } = desk
      if (!life || life.dead) return
      try {
        await acts[name ?? draw.weighted(weights)]!(desk, draw, callAt(desk))
      } catch (error) {
        if (error instanceof DeskDied || life.dead) return
        // Also what `anyReport` meets: the report may have left between two looks.
        if (!(error instanceof AppError)) world.broke('BUG', String((error as Error).stack).slice(0, 600))
      }
    },
    async decideAll(desk, draw) {
      const call = callAt(desk)
      for (const { id: mutationId, state } of (await call('sync.outbox', { open: true })) ?? []) {
        if (state === 'conflict')
          await call('sync.resolve', { mutationId, choice: draw.pick(['mine', 'hub']) })
        if (state === 'rejected') await call('sync.discard', { mutationId })
      }
    },
  }
}
