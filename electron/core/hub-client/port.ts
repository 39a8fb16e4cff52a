import type {
  EnrolCodeResponse,
  EnrolResponse,
  ExchangeRequest,
  ExchangeResponse,
  Hello,
  IdentityResponse,
  SessionResponse,
} from '@shared/sync/exchange.ts'
import type { Thumb } from '@shared/sync/thumbnails.ts'
import type { Pace } from './pace.ts'
import type { FilePart } from './transfer.ts'

/** What a call cost on the wire, bytes; 0 down when no answer came. `retryAfterMs`: how long the answer asks to wait. */
export interface Traffic {
  bytesUp: number
  bytesDown: number
  retryAfterMs?: number
}

/** Proof of a person's session, for calls that act in their name. */
export interface PersonProof {
  personId: string
  session: string
}

/**
 * The way to a hub, whatever carries it. Every method rejects with AppError: one of LINK_FAILURES,
 * wrong_hub, hub_too_old, hub_too_new, device_revoked, session_expired, too_many_tries, hub_error or the call's own codes.
 */
export interface HubClient {
  exchange(request: ExchangeRequest, traffic?: Traffic): Promise<ExchangeResponse>
  signIn(personId: string, password: string): Promise<SessionResponse>
  /** True as soon as the feed has more than `cursor`, false after `holdMs` or the hub's own patience. Carries no data. */
  wake(cursor: string, holdMs: number): Promise<boolean>
  /** Idempotent: the same bytes again change nothing. A long upload goes on where an earlier one stopped. */
  putAttachment(sha256: string, bytes: Uint8Array, mayBeThere?: boolean): Promise<void>
  getAttachment(sha256: string): Promise<Uint8Array>
  /** Bytes `from` up to `to` of a file; a hub that knows no ranges sends all of it. */
  getPart(sha256: string, from: number, to: number): Promise<FilePart>
  /** Small pictures by their own hashes, as many as the hub gives of them in one answer (at most MAX_THUMBS asked). */
  getThumbs(hashes: readonly string[]): Promise<Thumb[]>
  openIdentity(proof: PersonProof, reportId: string, reason: string): Promise<IdentityResponse>
  createEnrolmentCode(proof: PersonProof, agencyId: string): Promise<EnrolCodeResponse>
  /** What this client measured of the link so far; a carrier without a link has nothing to measure. */
  pace?(): Pace
  /** Forgets sockets and measurements: the next request starts on a new connection. */
  reset?(): void
}

/** What can be asked before this PC is enrolled. */
export interface HubDoor {
  hello(): Promise<Hello>
  enrol(code: string, deviceName: string): Promise<EnrolResponse>
  /** Practice only: the host that started the hub holds its admin token. */
  adminEnrolmentCode(adminToken: string, agencyId: string): Promise<EnrolCodeResponse>
}
