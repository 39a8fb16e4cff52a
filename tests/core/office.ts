import { PDFDocument } from '@cantoo/pdf-lib'
import { createHash } from 'node:crypto'
import { approvalText, type Reply } from '@shared/domain/reply.ts'
import type { Lease } from '@shared/domain/letter.ts'
import type { Input } from '@shared/ipc/contract.ts'
import { ReportFilter } from '@shared/ipc/views.ts'
import type { Change } from '@shared/sync/feed.ts'
import type { PdfRequest } from '../../electron/core/host.ts'
import { testDevice, type TestDesk } from './make-desk.ts'
import { changeOf, idOf, people, profile, reportOf, reportStateOf } from './sample.ts'

/** A filter as the contract parses it. */
export const filterOf = (filter: Partial<Input<'reports.list'>> = {}) =>
  ReportFilter.parse({ view: 'all', ...filter })

/** A reply to `reportOf(n)` by the clerk, handed in, with a true hash. */
export function replyTo(n: number, change: Partial<Reply> = {}): Reply {
  const reply: Reply = {
    id: idOf(0x1000 + n),
    reportId: idOf(n),
    kind: 'final',
    state: 'submitted',
    body: `Lubang di laporan ${n} sudah ditutup.`,
    attachments: [],
    authorId: people.clerk.id,
    hash: '',
    reportVersion: 1,
    revision: 1,
    submittedAt: reportOf(n).requestedAt + 1000,
    approverId: null,
    decidedAt: null,
    returnReason: null,
    publishedAt: null,
    ...change,
  }
  const { anonymous, confidential } = reportStateOf(n)
  const hash = createHash('sha256')
    .update(approvalText({ ...reply, anonymous, confidential }))
    .digest('hex')
  return { ...reply, hash: change.hash ?? hash }
}

/** A reply as the feed sends it. */
export const replyChange = (reply: Reply, version = 1): Change => changeOf('reply', reply.id, reply, version)

/** Numbers [from, to] lent to this test's PC, or to another one. */
export function leaseChange(from: number, to: number, lease: Partial<Lease> = {}): Change {
  const body: Lease = {
    id: idOf(0x5000 + from),
    registerId: profile.register.id,
    year: 2026,
    deviceId: testDevice.id,
    from,
    to,
    expiresAt: Date.UTC(2026, 11, 31),
    ...lease,
  }
  return changeOf('lease', body.id, body)
}

/** Makes the desk print real one-page PDFs and remembers what was to be printed. */
export function realPrinter({ host }: Pick<TestDesk, 'host'>): PdfRequest[] {
  const printed: PdfRequest[] = []
  host.printPdf = async (request) => {
    printed.push(request)
    const pdf = await PDFDocument.create()
    pdf.addPage().drawText(createHash('sha256').update(request.html).digest('hex'))
    return pdf.save()
  }
  return printed
}
