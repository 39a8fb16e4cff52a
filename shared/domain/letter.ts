import { z } from 'zod'
import { AgencyId, Id, IsoDate, Millis, Sha256, text } from './ids.ts'

/** Printable documents of the main job. */
export const LetterKind = z.enum(['disposition_blank', 'disposition', 'reply'])
export type LetterKind = z.infer<typeof LetterKind>

/** A4 210×297 mm; `F4` 215×330 mm and `F4_210` 210×330 mm are both sold as folio. */
export const Paper = z.enum(['A4', 'F4', 'F4_210'])
export type Paper = z.infer<typeof Paper>

/** Paper sizes in millimetres, portrait. */
export const PAPER_MM: Readonly<Record<Paper, { width: number; height: number }>> = {
  A4: { width: 210, height: 297 },
  F4: { width: 215, height: 330 },
  F4_210: { width: 210, height: 330 },
}

/** `draft` has no number and carries the KONSEP mark (LETT-02); `waiting_number` was asked for but no number is leased to this PC. */
export const LetterStateName = z.enum(['draft', 'waiting_number', 'issued', 'void'])
export type LetterStateName = z.infer<typeof LetterStateName>

/** Feed kind `letter`: the register's row of a numbered letter. The PDF itself is an attachment named by `sha256`. */
export const Letter = z.object({
  id: Id,
  agencyId: AgencyId,
  kind: LetterKind,
  registerId: z.string().max(40),
  year: z.int().min(2000).max(2200),
  n: z.int().positive(),
  suffix: z.string().max(8),
  number: text(100),
  date: IsoDate,
  subject: text(300),
  addressee: text(300),
  reportId: Id,
  replyId: Id.nullable(),
  signerId: Id.nullable(),
  state: z.enum(['issued', 'void']),
  voidReason: text(1000).nullable(),
  sha256: Sha256,
  pages: z.int().positive(),
  /** Opaque token of the public verification page; 22 URL-safe characters. */
  verifyToken: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  deviceId: Id,
  issuedAt: Millis,
})
export type Letter = z.infer<typeof Letter>

/** Feed kind `lease`: numbers [from, to] of a register and year that only this device may use (LETT-01). */
export const Lease = z.object({
  id: Id,
  registerId: z.string().max(40),
  year: z.int().min(2000).max(2200),
  deviceId: Id,
  from: z.int().positive(),
  to: z.int().positive(),
  expiresAt: Millis,
})
export type Lease = z.infer<typeof Lease>

/**
 * Feed kind `number_gap`: numbers [from, to] of a register and year that the hub passed over for good. `restored`: it came
 * back from a backup and could not know who held them. A lease inside is told by its own row.
 */
export const NumberGap = z.object({
  id: Id,
  registerId: z.string().max(40),
  year: z.int().min(2000).max(2200),
  from: z.int().positive(),
  to: z.int().positive(),
  why: z.enum(['restored']),
  at: Millis,
})
export type NumberGap = z.infer<typeof NumberGap>

/** A line of a letterhead (kop). `size` in pt. */
export const KopLine = z.object({ text: text(200), size: z.number().min(6).max(30), bold: z.boolean() })

/** An office's letter profile ("profil tata naskah"): dated data, never code; unverified local rules are edited here. */
export const LetterProfile = z.object({
  id: z.string().max(60),
  agencyId: AgencyId,
  name: text(120),
  validFrom: IsoDate,
  kop: z.array(KopLine).min(1).max(8),
  /** Name of a bundled emblem picture under resources/emblems, or null. */
  emblem: z.string().max(60).nullable(),
  paper: Paper,
  dispositionPaper: Paper,
  /** Millimetres. */
  margins: z.object({ top: z.number(), right: z.number(), bottom: z.number(), left: z.number() }),
  fontSizePt: z.number().min(9).max(14),
  place: text(60),
  register: z.object({
    id: z.string().max(40),
    name: text(120),
    /** Tokens {K} {N} {N:3} {SISIP} {UNIT} {BULAN_ROMAWI} {MM} {Y} {KS}; an empty token drops its slash. */
    pattern: z.string().max(120),
    unit: z.string().max(40),
    /** Default archive classification code {K}. */
    classification: z.string().max(40),
  }),
  /** Service code → archive classification code. */
  classifications: z.record(z.string(), z.string()),
  natures: z.array(text(40)).min(1),
  instructions: z.array(text(120)).min(1),
  recipients: z.array(text(120)).min(1),
  /** `below_subject`: Yth. left under Hal (2023 form); `right`: under the date (classic form). */
  addresseePlace: z.enum(['below_subject', 'right']),
  opening: text(1000),
  closing: text(1000),
  signerId: Id,
  /** Lines above the name, e.g. `KEPALA DINAS …,`; `{a.n.}` forms are written out here. */
  signerTitle: z.array(text(160)).min(1).max(6),
  copies: z.array(text(160)).max(10),
})
export type LetterProfile = z.infer<typeof LetterProfile>
