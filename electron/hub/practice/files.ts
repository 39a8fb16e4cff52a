import { Agency, Person, Service } from '@shared/domain/person.ts'
import { AgencyId, IsoDate } from '@shared/domain/ids.ts'
import { LetterProfile } from '@shared/domain/letter.ts'
import { Priority, ReportClass } from '@shared/domain/report.ts'
import { ReplyKind } from '@shared/domain/reply.ts'
import { Holiday, OfficeCalendar, RuleSet, Template } from '@shared/domain/settings.ts'
import { z } from 'zod'

/** `bootstrap.json`: agencies, services and people; `handle` is the short name that stories use. */
export const Regency = z.strictObject({
  note: z.string(),
  hubName: z.string(),
  password: z.string().min(8),
  agencies: z.array(Agency),
  services: z.array(Service),
  people: z.array(Person.extend({ handle: z.string().regex(/^[A-Z0-9]+\.[a-z0-9]+$/) })),
})

/** `settings.json`: what all offices share; holidays come from their own dated files. */
export const PracticeSettings = z.strictObject({
  note: z.string(),
  ruleSets: z.array(RuleSet).min(1),
  calendar: OfficeCalendar.omit({ holidays: true }),
  holidayFiles: z.array(z.string().regex(/^[a-z0-9-]+\.json$/)),
  units: z.record(AgencyId, z.array(z.string())),
  archiveReasons: z.array(z.string()),
  verifyBaseUrl: z.string(),
})

/** `templates.json`. */
export const Templates = z.strictObject({ note: z.string(), templates: z.array(Template) })

/** `letter-profiles.json`: one base, and what each office prints differently. */
export const LetterProfiles = z.strictObject({
  note: z.string(),
  base: LetterProfile.omit({
    id: true,
    agencyId: true,
    name: true,
    kop: true,
    register: true,
    classifications: true,
    recipients: true,
    signerId: true,
    signerTitle: true,
  }).extend({ registerPattern: z.string(), practiceLine: z.string() }),
  agencies: z.record(
    AgencyId,
    LetterProfile.omit({ id: true, agencyId: true, kop: true, register: true, signerId: true })
      .partial()
      .required({ recipients: true, signerTitle: true })
      .extend({
        address: z.string(),
        phone: z.string(),
        mail: z.string(),
        classification: z.string(),
        registerPattern: z.string().optional(),
        signer: z.string(),
        unit: z.string().optional(),
        office: z.string().optional(),
      }),
  ),
})

/** A file of resources/holidays: dated and editable, and honest about how sure it is. */
export const HolidayFile = z.strictObject({
  year: z.int().nullable(),
  source: z.string(),
  confidence: z.string(),
  checkedOn: IsoDate.nullable(),
  holidays: z.array(Holiday),
})

const when = {
  /** Officer's handle within the agency, or `AGENCY.handle`; absent: the usual one for this act. */
  by: z.string().optional(),
  /** Where the report lies by then, once it has moved. */
  agency: AgencyId.optional(),
  /** Days after the report; absent: the usual pace. */
  day: z.number().optional(),
}
const step = <K extends string, T extends z.ZodRawShape>(act: K, shape: T) =>
  z.strictObject({ do: z.literal(act), ...shape, ...when })

/** What someone did with a report, in the words of the practice files. */
export const Step = z.discriminatedUnion('do', [
  step('verify', { class: ReportClass, priority: Priority.optional(), oversight: z.boolean().optional() }),
  step('classify', { class: ReportClass }),
  step('prioritise', { priority: Priority }),
  step('set_flags', { anonymous: z.literal(true).optional(), confidential: z.literal(true).optional() }),
  step('clear_flags', {
    anonymous: z.literal(false).optional(),
    confidential: z.literal(false).optional(),
    reason: z.string(),
  }),
  step('ask_citizen', { question: z.string(), reason: z.string() }),
  step('resume', { note: z.string() }),
  step('dispose', {
    to: z.array(z.string()),
    units: z.array(z.string()),
    note: z.string(),
    instructions: z.array(z.string()),
    urgency: z.enum(['biasa', 'segera', 'sangat_segera']).optional(),
  }),
  step('note', { text: z.string() }),
  step('propose_referral', { target: AgencyId.nullable(), reason: z.string() }),
  step('propose_archive', { reason: z.string() }),
  step('approve_proposal', {}),
  step('reject_proposal', { reason: z.string() }),
  step('schedule', { inDays: z.int().positive(), reason: z.string() }),
  step('group', { lead: z.string() }),
  step('ungroup', {}),
  step('route', { target: AgencyId }),
  step('reopen', { reason: z.string() }),
  step('submit', { kind: ReplyKind, body: z.string() }),
  step('withdraw', {}),
  step('approve', {}),
  step('return', { reason: z.string() }),
  /** The citizen adds a message; nobody of the office acts. */
  step('citizen', { text: z.string() }),
])
export type Step = z.infer<typeof Step>

/** A report as a citizen filed it, and its story. Times are relative, so that the inbox looks alive on any day. */
export const PracticeReport = z
  .strictObject({
    ref: z.string().regex(/^[A-Z]+-\d{2}$/),
    service: z.string(),
    daysAgo: z.int().min(0).optional(),
    /** Working days (Monday–Friday) ago, for reports whose clock should end near today. */
    workdaysAgo: z.int().min(0).optional(),
    time: z.string().regex(/^\d\d:\d\d$/),
    subject: z.string().max(200),
    body: z.string().min(1).max(4000),
    address: z.string().min(1).max(300),
    district: z.string(),
    lat: z.number().nullable(),
    lon: z.number().nullable(),
    reporter: z
      .strictObject({ name: z.string(), phone: z.string().nullable(), email: z.string().nullable() })
      .optional(),
    anonymous: z.literal(true).optional(),
    confidential: z.literal(true).optional(),
    photos: z.array(z.string().regex(/^[a-z0-9-]+\.jpg$/)).optional(),
    story: z.array(Step),
  })
  .refine((r) => (r.daysAgo === undefined) !== (r.workdaysAgo === undefined), 'daysAgo or workdaysAgo')
export type PracticeReport = z.infer<typeof PracticeReport>
