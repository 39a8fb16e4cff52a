import { clocksOf } from '@shared/domain/deadlines.ts'
import type { Entry, Report, ReportState } from '@shared/domain/report.ts'
import type { Draft, OutboxItem, ReplyView, ReportSummary } from '@shared/ipc/views.ts'
import { AGENCIES, PEOPLE, SETTINGS, uuid } from './office.ts'
import { STORIES, type Story } from './stories.ts'

const DAY = 86_400_000
const HASH = 'a'.repeat(64)

/** A report as the fake core keeps it. */
export interface FakeReport {
  report: Report
  state: ReportState
  entries: Entry[]
  replies: ReplyView[]
  drafts: Draft[]
  outbox: OutboxItem[]
  unread: boolean
  identity: { name: string; phone: string | null; email: string | null }
}

/** `count` reports made of the stories, newest stories first, all ages moved by a few hours so that no two are alike. */
export function makeReports(count: number, now: number): FakeReport[] {
  return Array.from({ length: count }, (_, n) => {
    const story = STORIES[n % STORIES.length]!
    const round = Math.floor(n / STORIES.length)
    return make(round === 0 ? story : older(story, round), n, now)
  })
}

function older(story: Story, round: number): Story {
  const closed = round % 2 === 0
  return {
    ...story,
    subject: `${story.subject.slice(0, 80)} (RT ${String((round * 7) % 20).padStart(2, '0')})`,
    age: story.age + round * 6,
    state: closed ? 'closed' : story.state,
    unread: false,
    reply: closed ? 'published' : story.reply,
    mine: false,
  }
}

const photo = (n: number) => ({
  sha256: n.toString(16).padStart(64, '0'),
  mime: 'image/jpeg' as const,
  size: 140_000 + n,
  name: `foto-${n + 1}.jpg`,
})

function make(story: Story, n: number, now: number): FakeReport {
  const id = uuid(1000 + n)
  const requestedAt = now - story.age * DAY - (n % 9) * 3_600_000
  const anonymous = story.flags === 'anonymous' || story.flags === 'both'
  const confidential = story.flags === 'confidential' || story.flags === 'both'
  const open = !['closed', 'resolved'].includes(story.state)
  const published = story.reply === 'published'
  const identity = { name: story.reporter ?? 'Nama Tersegel', phone: '0812 4800 1234', email: null }
  const report: Report = {
    id,
    number: `PUPR-26-${String(412 - n).padStart(6, '0')}`,
    agencyId: 'PUPR',
    serviceCode: story.service[0],
    serviceName: story.service[1],
    subject: story.subject,
    body: story.body,
    address: story.address,
    district: story.district,
    lat: -4.5468,
    lon: 136.8837,
    channel: n % 7 === 3 ? 'walk_in' : 'open311',
    reporter: anonymous || !story.reporter ? null : identity,
    attachments: Array.from({ length: story.photos ?? 0 }, (_unused, k) => photo((n + k) % 12)),
    requestedAt,
  }
  const verified = story.state !== 'received'
  const state: ReportState = {
    id,
    state: story.state,
    class: story.class ?? null,
    oversight: false,
    priority: story.priority ?? 'normal',
    anonymous,
    confidential,
    assigneeId: story.mine ? PEOPLE[0]!.id : n % 4 === 2 ? PEOPLE[1]!.id : null,
    unit: null,
    clockStartedAt: requestedAt,
    verifiedAt: verified ? requestedAt + DAY : null,
    responseMetAt: published ? requestedAt + 3 * DAY : null,
    settlementMetAt: published && !open ? requestedAt + 6 * DAY : null,
    pauses:
      story.state === 'awaiting_citizen' || story.state === 'scheduled'
        ? [
            {
              from: requestedAt + 2 * DAY,
              to: null,
              reason: 'Menunggu keterangan lokasi dari warga',
              state: story.state,
            },
          ]
        : [],
    reviewOn: story.state === 'scheduled' ? '2027-02-01' : null,
    stateReason: story.state === 'awaiting_citizen' ? 'Menunggu keterangan lokasi dari warga' : null,
    proposal:
      story.state === 'referral_proposed' || story.state === 'archive_proposed'
        ? {
            kind: story.state === 'referral_proposed' ? 'referral' : 'archive',
            agencyId: story.state === 'referral_proposed' ? AGENCIES[1]!.id : null,
            reason:
              story.state === 'referral_proposed'
                ? 'Kabel dan lampu jalan urusan Dishub.'
                : 'Uji coba, bukan laporan.',
            byId: PEOPLE[1]!.id,
            from: 'verified',
          }
        : null,
    groupLeadId: null,
    citizenRepliedAt: story.citizenReplied ? now - 2 * 3_600_000 : null,
    reopenCount: 0,
    updatedAt: now - (n % 30) * 3_600_000,
  }
  const made: FakeReport = {
    report,
    state,
    entries: entriesOf(story, report, now),
    replies: story.reply ? [replyOf(story.reply, report, n)] : [],
    drafts: [],
    outbox: [],
    unread: story.unread ?? false,
    identity,
  }
  return made
}

function replyOf(
  state: 'submitted' | 'returned' | 'approved' | 'published',
  report: Report,
  n: number,
): ReplyView {
  return {
    id: uuid(5000 + n),
    reportId: report.id,
    kind: 'acknowledgement',
    state,
    body: 'Terima kasih atas laporan Anda. Tim Bidang Bina Marga memeriksa lokasi pada hari Kamis dan menimbun lubang sementara. Perbaikan tetap dijadwalkan bulan depan.',
    attachments: [],
    authorId: PEOPLE[0]!.id,
    hash: HASH,
    reportVersion: 1,
    revision: 1,
    submittedAt: report.requestedAt + 2 * DAY,
    approverId: state === 'submitted' ? null : PEOPLE[2]!.id,
    decidedAt: state === 'submitted' ? null : report.requestedAt + 2.2 * DAY,
    returnReason:
      state === 'returned' ? 'Sebutkan tanggal pengerukan dan siapa yang bisa dihubungi warga.' : null,
    publishedAt: state === 'published' ? report.requestedAt + 3 * DAY : null,
    authorName: PEOPLE[0]!.name,
    approverName: state === 'submitted' ? null : PEOPLE[2]!.name,
    pending: false,
  }
}

function entriesOf(story: Story, report: Report, now: number): Entry[] {
  let n = 0
  const entry = (
    kind: Entry['kind'],
    action: string,
    text: string,
    at: number,
    actor: number | null = null,
  ): Entry => ({
    id: uuid(Number(report.id.slice(-6)) * 100 + n++),
    reportId: report.id,
    kind,
    action,
    actorId: actor === null ? null : PEOPLE[actor]!.id,
    actorName: actor === null ? null : PEOPLE[actor]!.name,
    text,
    data: {},
    at,
  })
  const at = report.requestedAt
  const list = [entry('system', 'received', '', at)]
  if (story.state !== 'received') list.push(entry('internal', 'verify', '', at + DAY, 1))
  if (story.state === 'disposed' || story.reply === 'published')
    list.push(entry('internal', 'dispose', 'Periksa lapangan, siapkan konsep jawaban.', at + 1.2 * DAY, 3))
  if (story.state === 'awaiting_citizen')
    list.push(
      entry(
        'official',
        'ask_citizen',
        'Mohon sebutkan nomor rumah terdekat dari titik banjir.',
        at + 2 * DAY,
        0,
      ),
    )
  if (story.reply === 'returned')
    list.push(
      entry(
        'internal',
        'return',
        'Sebutkan tanggal pengerukan dan siapa yang bisa dihubungi warga.',
        at + 2.2 * DAY,
        2,
      ),
    )
  if (story.reply === 'published')
    list.push(
      entry(
        'official',
        'published',
        'Terima kasih atas laporan Anda. Tim sudah memeriksa lokasi dan menutup lubang sementara.',
        at + 3 * DAY,
        2,
      ),
    )
  if (story.citizenReplied)
    list.push(
      entry(
        'citizen',
        'citizen_message',
        'Titiknya di depan rumah nomor 14, dekat jembatan kecil.',
        now - 2 * 3_600_000,
      ),
    )
  return list
}

/** The clocks of a fake report at `now`, by the real rules. */
export const clocksNow = (fake: FakeReport, now: number) => clocksOf(fake.state, SETTINGS, now)

/** The inbox row of a fake report. */
export function summaryOf(fake: FakeReport, now: number): ReportSummary {
  const { report, state } = fake
  const clocks = clocksNow(fake, now)
  const { paused: _, ...clock } = clocks.response.metAt === null ? clocks.response : clocks.settlement
  return {
    id: report.id,
    number: report.number,
    subject: report.subject,
    serviceName: report.serviceName,
    district: report.district,
    state: state.state,
    class: state.class,
    priority: state.priority,
    channel: report.channel,
    anonymous: state.anonymous,
    confidential: state.confidential,
    assigneeName: PEOPLE.find((person) => person.id === state.assigneeId)?.name ?? null,
    reporterName: report.reporter?.name ?? null,
    attachmentCount: report.attachments.length,
    unread: fake.unread,
    clock,
    replyState: fake.replies.at(-1)?.state ?? null,
    pending: fake.outbox.length > 0,
    requestedAt: report.requestedAt,
    updatedAt: state.updatedAt,
    snippet: null,
  }
}
