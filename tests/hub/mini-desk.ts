import { approvalText, type Reply } from '@shared/domain/reply.ts'
import type { Report, ReportState } from '@shared/domain/report.ts'
import { uuidv7 } from '@shared/domain/ids.ts'
import { ExchangeResponse, type ExchangeRequest, type Receipt } from '@shared/sync/exchange.ts'
import { feedBodies, type FeedBody, type FeedKind } from '@shared/sync/feed.ts'
import type { MutationKind, MutationOf, MutationPayload } from '@shared/sync/mutations.ts'
import { createHash, randomBytes } from 'node:crypto'
import type { TestDevice, TestHub } from './start-hub.ts'

/** SHA-256 as lower-case hex. */
export const sha256 = (value: string | Uint8Array): string => createHash('sha256').update(value).digest('hex')
/** A fresh id. */
export const newId = (): string => uuidv7(Date.now(), randomBytes(10))

/** What one PC holds of its agency, kept by the plainest reading of the protocol. */
export class MiniDesk {
  readonly rows = new Map<string, { seq: number; version: number; body: unknown }>()
  readonly removed: string[] = []
  cursor: string | null = null
  last!: ExchangeResponse
  /** What every exchange of this PC asks for besides changes. */
  want: Partial<ExchangeRequest['want']> = {}
  constructor(readonly device: TestDevice) {}

  /** Enrols a PC and signs these people in. */
  static async at(hub: TestHub, agencyId: string, ...personIds: string[]): Promise<MiniDesk> {
    const device = await hub.enrol(agencyId)
    for (const id of personIds) await device.session(id)
    return new MiniDesk(device)
  }

  /** Sends mutations (with the first page) and pulls to the end; answers the receipts. */
  async sync(mutations: readonly unknown[] = [], maxChanges = 1000): Promise<Receipt[]> {
    let receipts: Receipt[] | null = null
    do {
      const answer = ExchangeResponse.parse(
        await this.device.exchange(receipts ? [] : mutations, this.cursor, maxChanges, this.want),
      )
      receipts ??= answer.receipts
      if (answer.resync) {
        this.rows.clear()
        this.cursor = null
        this.last = { ...answer, more: true }
        continue
      }
      for (const c of answer.changes) this.apply(c)
      this.cursor = answer.cursor
      this.last = answer
    } while (this.last.more)
    return receipts
  }

  private apply(c: ExchangeResponse['changes'][number]): void {
    if (c.removed === null) {
      const schema = feedBodies[c.kind as FeedKind]
      this.rows.set(`${c.kind}/${c.id}`, { seq: c.seq, version: c.version, body: schema.parse(c.body) })
      return
    }
    this.removed.push(c.id)
    for (const key of this.rows.keys())
      if (key.endsWith(c.id) || this.hangsOn(key, c.id)) this.rows.delete(key)
  }

  private hangsOn(key: string, reportId: string): boolean {
    if (!/^(entry|disposition|reply)\//.test(key)) return false
    return (this.rows.get(key)!.body as { reportId: string }).reportId === reportId
  }

  all<K extends FeedKind>(kind: K): FeedBody<K>[] {
    return [...this.rows]
      .filter(([key]) => key.startsWith(`${kind}/`))
      .map(([, row]) => row.body as FeedBody<K>)
  }

  report(number: string): Report {
    const found = this.all('report').find((r) => r.number === number)
    if (!found) throw new Error(`no report ${number} here`)
    return found
  }

  state = (id: string): ReportState => this.rows.get(`report_state/${id}`)!.body as ReportState
  reply = (id: string): Reply => this.rows.get(`reply/${id}`)!.body as Reply
  version = (kind: FeedKind, id: string): number => this.rows.get(`${kind}/${id}`)?.version ?? 0
  lines = (reportId: string) => this.all('entry').filter((e) => e.reportId === reportId)

  /** A mutation as this PC would queue it now. */
  make<K extends MutationKind>(
    kind: K,
    personId: string,
    reportId: string | null,
    payload: MutationPayload<K>,
    baseVersion?: number,
  ): MutationOf<K> {
    const about = kind.startsWith('reply.')
      ? this.version('reply', (payload as { replyId: string }).replyId)
      : undefined
    const base = baseVersion ?? about ?? (reportId ? this.version('report_state', reportId) : 0)
    return { id: newId(), personId, reportId, baseVersion: base, madeAt: Date.now(), v: 1, kind, payload }
  }

  /** Queues and sends one; answers its receipt. */
  async act<K extends MutationKind>(
    kind: K,
    personId: string,
    reportId: string | null,
    payload: MutationPayload<K>,
    base?: number,
  ) {
    return (await this.sync([this.make(kind, personId, reportId, payload, base)]))[0]!
  }

  /** The payload of an answer to a report as it stands here. */
  answer(
    reportId: string,
    body: string,
    kind: Reply['kind'] = 'final',
    replyId = newId(),
    attachments: Reply['attachments'] = [],
  ): MutationPayload<'reply.submit'> {
    const reportVersion = this.version('report', reportId)
    const { anonymous, confidential } = this.state(reportId)
    const hash = sha256(
      approvalText({ reportId, reportVersion, kind, body, attachments, anonymous, confidential }),
    )
    return { replyId, kind, body, attachments, hash, reportVersion }
  }
}

/** Verifies a fresh report as the class most tests need. */
export const VERIFY = { class: 'pengaduan', oversight: false, priority: 'normal' } as const
