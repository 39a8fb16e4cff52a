import { z } from 'zod'
import { Id, IsoDate, text } from './ids.ts'
import { LetterProfile } from './letter.ts'
import { ReplyKind } from './reply.ts'
import { ReportClass, ReportStateName } from './report.ts'

/** Working days per clock, valid from a date; nothing here is a constant because the rules change by decree. */
export const RuleSet = z.object({
  id: z.string().max(60),
  name: text(120),
  validFrom: IsoDate,
  source: text(300),
  verifyDays: z.int().positive(),
  responseDays: z.int().positive(),
  settlementDays: z.object({
    informasi: z.int().positive(),
    aspirasi: z.int().positive(),
    keluhan: z.int().positive(),
    pengaduan: z.int().positive(),
    pengaduanOversight: z.int().positive(),
  }),
  closeAfterSilentDays: z.int().positive(),
  /** States whose settlement clock stands still. */
  pausesSettlement: z.array(ReportStateName),
})
export type RuleSet = z.infer<typeof RuleSet>

/** A non-working day of the office. `kind`: national, joint leave (cuti bersama) or local. */
export const Holiday = z.object({
  date: IsoDate,
  name: text(120),
  kind: z.enum(['national', 'joint', 'local']),
})
export type Holiday = z.infer<typeof Holiday>

/** Office week and zone. `workdays`: ISO weekdays 1 (Monday) – 7. `utcOffsetMinutes`: 540 for WIT. */
export const OfficeCalendar = z.object({
  zone: z.string().max(40),
  zoneLabel: z.string().max(6),
  utcOffsetMinutes: z.int(),
  workdays: z.array(z.int().min(1).max(7)).min(1),
  holidays: z.array(Holiday),
})
export type OfficeCalendar = z.infer<typeof OfficeCalendar>

/** A reply template, bound to class, service and state where given. Fields: {nama} {nomor} {subjek} {tanggal} {lokasi} {instansi}. */
export const Template = z.object({
  id: Id,
  name: text(120),
  kind: ReplyKind,
  classes: z.array(ReportClass),
  services: z.array(z.string()),
  body: text(8000),
})
export type Template = z.infer<typeof Template>

/** Feed kind `settings` (one row per agency, id = agency id): everything an office may tune, dated where it matters. */
export const AgencySettings = z.object({
  ruleSets: z.array(RuleSet).min(1),
  calendar: OfficeCalendar,
  templates: z.array(Template),
  letterProfiles: z.array(LetterProfile).min(1),
  units: z.array(text(120)),
  archiveReasons: z.array(text(160)),
  /** Base URL printed in the verification QR, without trailing slash. */
  verifyBaseUrl: z.string().max(200),
})
export type AgencySettings = z.infer<typeof AgencySettings>
