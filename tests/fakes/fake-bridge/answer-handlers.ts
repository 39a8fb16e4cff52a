import { findPrivate } from '@shared/domain/privacy.ts'
import type { Handlers } from '@shared/ipc/contract.ts'
import { AppError } from '@shared/ipc/errors.ts'
import type { ApprovalItem, Draft, ReplyView } from '@shared/ipc/views.ts'
import { addAnswers, PREVIOUS, TEMPLATES } from './answer-stories.ts'
import { PEOPLE, uuid } from './office.ts'
import { clocksNow, type FakeReport } from './reports.ts'
import type { World } from './world.ts'

/** Drafts, answers and approval, in memory. */
export function answerHandlers(world: World) {
  addAnswers(world.reports)
  const find = (reportId: string) => {
    const fake = world.reports.find((one) => one.report.id === reportId)
    if (!fake) throw new AppError('not_found')
    return fake
  }
  const findReply = (replyId: string): [FakeReport, ReplyView] => {
    for (const fake of world.reports) {
      const reply = fake.replies.find((one) => one.id === replyId)
      if (reply) return [fake, reply]
    }
    throw new AppError('not_found')
  }
  const queued = (undo: () => void = () => undefined) => {
    const mutationId = uuid(910_000 + world.mutations++)
    world.undo.set(mutationId, undo)
    return { mutationId, undoUntil: world.now() + 10_000 }
  }
  const decide = (replyId: string, hash: string, part: Partial<ReplyView>) => {
    const [fake, reply] = findReply(replyId)
    if (reply.authorId === world.person.id) throw new AppError('four_eyes')
    if (reply.hash !== hash) throw new AppError('stale_content')
    if (reply.state !== 'submitted') throw new AppError('wrong_state')
    const before = { ...reply }
    Object.assign(reply, part, {
      approverId: world.person.id,
      approverName: world.person.name,
      decidedAt: world.now(),
      pending: true,
    })
    world.stale('replies', `report:${fake.report.id}`)
    return queued(() => {
      Object.assign(reply, before)
      world.stale('replies')
    })
  }
  const item = (fake: FakeReport, reply: ReplyView): ApprovalItem => {
    const { report, state } = fake
    const own = reply.authorId === world.person.id
    const role = world.person.roles.includes('supervisor')
    return {
      reply,
      report: {
        id: report.id,
        number: report.number,
        subject: report.subject,
        body: report.body,
        serviceName: report.serviceName,
        district: report.district,
        requestedAt: report.requestedAt,
        anonymous: state.anonymous,
        confidential: state.confidential,
        reporterName: report.reporter?.name ?? null,
        attachments: report.attachments,
      },
      clock: clocksNow(fake, world.now())[reply.kind === 'final' ? 'settlement' : 'response'],
      findings: findPrivate(reply.body, fake.identity.name),
      previous: PREVIOUS.get(reply.id) ?? null,
      mayDecide: role && !own,
      why: own ? 'four_eyes' : role ? null : 'wrong_role',
    }
  }
  const drafts = () => world.reports.flatMap((fake) => fake.drafts.map((draft) => [fake, draft] as const))
  return {
    'drafts.save': ({ draftId, ...rest }) => {
      const fake = find(rest.reportId)
      const saved: Draft = {
        ...rest,
        id: draftId ?? uuid(960_000 + world.mutations++),
        authorId: world.person.id,
        authorName: world.person.name,
        savedAt: world.now(),
      }
      fake.drafts = [...fake.drafts.filter((draft) => draft.id !== saved.id), saved]
      world.stale('drafts', `report:${rest.reportId}`)
      return saved
    },
    'drafts.discard': ({ draftId }) => {
      for (const fake of world.reports) fake.drafts = fake.drafts.filter((draft) => draft.id !== draftId)
      world.stale('drafts')
      return {}
    },
    'drafts.mine': () =>
      drafts()
        .filter(([, draft]) => draft.authorId === world.person.id)
        .map(([fake, draft]) => ({
          ...draft,
          reportNumber: fake.report.number,
          reportSubject: fake.report.subject,
        })),
    'replies.check': ({ reportId, body }) => findPrivate(body, find(reportId).identity.name),
    'replies.templates': ({ reportId, kind }) => {
      const { report } = find(reportId)
      const fields: Record<string, string> = {
        nama: report.reporter?.name ?? '',
        nomor: report.number,
        subjek: report.subject.toLowerCase(),
        lokasi: report.address,
        instansi: world.status.agency?.name ?? '',
      }
      const fill = (body: string) =>
        body.replace(/\{(\w+)\}/g, (whole, name: string) => fields[name] ?? whole)
      return TEMPLATES.filter((one) => one.kind === kind).map((one) => ({ ...one, filled: fill(one.body) }))
    },
    'replies.submit': ({ draftId }) => {
      const [fake, draft] = drafts().find(([, one]) => one.id === draftId) ?? []
      if (!fake || !draft) throw new AppError('not_found')
      const replyId = draft.replyId ?? uuid(970_000 + world.mutations++)
      const reply: ReplyView = {
        id: replyId,
        reportId: fake.report.id,
        kind: draft.kind,
        state: 'submitted',
        body: draft.body,
        attachments: draft.attachments,
        authorId: draft.authorId,
        hash: 'c'.repeat(64),
        reportVersion: 1,
        revision: 1,
        submittedAt: world.now(),
        approverId: null,
        decidedAt: null,
        returnReason: null,
        publishedAt: null,
        authorName: draft.authorName,
        approverName: null,
        pending: true,
      }
      fake.replies = [...fake.replies.filter((one) => one.id !== replyId), reply]
      fake.drafts = fake.drafts.filter((one) => one.id !== draftId)
      world.stale('replies', 'drafts', `report:${fake.report.id}`)
      return { ...queued(), replyId }
    },
    'replies.withdraw': ({ replyId }) => {
      const [fake, reply] = findReply(replyId)
      reply.state = 'withdrawn'
      world.stale('replies', `report:${fake.report.id}`)
      return queued()
    },
    'replies.queue': () =>
      world.reports
        .flatMap((fake) =>
          fake.replies.filter((one) => one.state === 'submitted').map((reply) => item(fake, reply)),
        )
        .sort((a, b) => (a.clock.dueAt ?? 0) - (b.clock.dueAt ?? 0)),
    'replies.approve': ({ replyId, hash }) => decide(replyId, hash, { state: 'approved' }),
    'replies.return': ({ replyId, hash, reason }) =>
      decide(replyId, hash, { state: 'returned', returnReason: reason }),
    'attachments.pick': () => ({
      added: [
        {
          sha256: 'e'.repeat(64),
          mime: 'application/pdf' as const,
          size: 412_000,
          name: 'Berita acara pemeriksaan.pdf',
        },
      ],
      refused: [
        { name: 'video-lokasi.mp4', code: 'unsupported_file' as const },
        { name: 'foto-besar.png', code: 'too_large' as const },
      ],
    }),
    'attachments.saveAs': () => ({ saved: true }),
    'attachments.states': ({ hashes }) =>
      hashes.map((sha256) => ({
        sha256,
        where: world.originals.get(sha256) ?? 'here',
        thumb: true,
        arrived: 0,
      })),
    'attachments.fetch': ({ sha256 }) => {
      world.originals.set(sha256, 'asked')
      world.stale('reports')
      return {}
    },
    'drafts.orphaned': () =>
      world.reports.length
        ? [
            {
              id: uuid(6999),
              reportId: uuid(1999),
              kind: 'acknowledgement' as const,
              body: 'Lampu jalan di Cenderawasih menjadi urusan Dinas Perhubungan. Kami sudah meneruskan laporan Anda.',
              attachments: [],
              authorId: PEOPLE[0]!.id,
              authorName: PEOPLE[0]!.name,
              savedAt: world.now() - 30 * 3_600_000,
              replyId: null,
            },
          ]
        : [],
  } satisfies Partial<Handlers>
}
