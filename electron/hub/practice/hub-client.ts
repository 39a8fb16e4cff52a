import type { Mutation } from '@shared/sync/mutations.ts'
import {
  EnrolResponse,
  ExchangeResponse,
  HUB_CONTENT_TYPE,
  HubError,
  PROTOCOL,
  SessionResponse,
  type Receipt,
} from '@shared/sync/exchange.ts'
import type { Mirror } from './mirror.ts'
import { PRACTICE_TIME_HEADER, PRACTICE_TOKEN_HEADER } from './practice-time.ts'

/** Where the practice hub is and how to reach it. */
export interface Reach {
  hubUrl: string
  adminToken: string
  fetch: typeof fetch
}

/** Open311 key that every practice hub knows. */
export const PRACTICE_KEY = 'latihan'

/** What the hub said instead of doing it. */
export class HubRefusal extends Error {
  constructor(
    readonly code: string,
    path: string,
  ) {
    super(`hub refused ${path}: ${code}`)
  }
}

/** POSTs JSON to `/v1`; throws HubRefusal. */
export async function postV1(reach: Reach, path: string, body: unknown, token: string): Promise<unknown> {
  const answer = await reach.fetch(`${reach.hubUrl}/v1/${path}`, {
    method: 'POST',
    headers: {
      'content-type': HUB_CONTENT_TYPE,
      authorization: `Bearer ${token}`,
      [PRACTICE_TOKEN_HEADER]: reach.adminToken,
      [PRACTICE_TIME_HEADER]: 'made-at',
    },
    body: JSON.stringify(body),
  })
  const json: unknown = await answer.json()
  if (answer.ok) return json
  throw new HubRefusal(HubError.safeParse(json).data?.error.code ?? String(answer.status), path)
}

/** POSTs an Open311 form as a citizen's application does, dated `at`; answers the first item. Throws HubRefusal. */
export async function postOpen311(
  reach: Reach,
  path: 'requests' | 'servicerequestupdates',
  form: FormData | URLSearchParams,
  at: number,
): Promise<Record<string, unknown>> {
  form.set('api_key', PRACTICE_KEY)
  const answer = await reach.fetch(`${reach.hubUrl}/open311/v2/${path}.json`, {
    method: 'POST',
    headers: { [PRACTICE_TOKEN_HEADER]: reach.adminToken, [PRACTICE_TIME_HEADER]: String(at) },
    body: form,
  })
  const json = (await answer.json()) as Record<string, unknown>[]
  if (answer.ok) return json[0]!
  throw new HubRefusal(json.map((e) => String(e['description'])).join('; '), path)
}

/** An enrolled device of one agency, through which its practice officers act. */
export class LoaderDesk {
  private cursor: string | null = null
  private readonly sessions: Record<string, string> = {}

  private constructor(
    private readonly reach: Reach,
    private readonly token: string,
    private readonly mirror: Mirror,
  ) {}

  /** Enrols by a one-time code from the operator. */
  static async enrol(reach: Reach, agencyId: string, mirror: Mirror): Promise<LoaderDesk> {
    const made = (await postV1(reach, 'admin/enrolment-codes', { agencyId }, reach.adminToken)) as {
      code: string
    }
    const body = { protocol: PROTOCOL, code: made.code, deviceName: 'Pemuat data latihan' }
    const { deviceToken } = EnrolResponse.parse(await postV1(reach, 'enrolments', body, ''))
    return new LoaderDesk(reach, deviceToken, mirror)
  }

  async signIn(personId: string, password: string): Promise<void> {
    const body = { protocol: PROTOCOL, personId, password }
    this.sessions[personId] = SessionResponse.parse(
      await postV1(this.reach, 'sessions', body, this.token),
    ).token
  }

  /** Sends mutations and takes everything new; answers the receipts. */
  async exchange(mutations: readonly Mutation[] = []): Promise<Receipt[]> {
    const receipts: Receipt[] = []
    let outgoing = mutations
    for (;;) {
      const body = {
        protocol: PROTOCOL,
        sessions: this.sessions,
        cursor: this.cursor,
        mutations: outgoing,
        want: { maxChanges: 5000 },
        audit: null,
      }
      const answer = ExchangeResponse.parse(await postV1(this.reach, 'exchange', body, this.token))
      if (answer.resync) throw new Error(`hub asks the loader to start over: ${answer.resync}`)
      receipts.push(...answer.receipts)
      this.mirror.apply(answer.changes)
      this.cursor = answer.cursor
      outgoing = []
      if (!answer.more) return receipts
    }
  }
}
