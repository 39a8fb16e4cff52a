import { z } from 'zod'
import { AgencyId, Id, text } from './ids.ts'

/** Roles per agency; a person may hold several. `operator` is regency-wide. */
export const Role = z.enum(['clerk', 'supervisor', 'agenda_clerk', 'agency_admin', 'operator'])
export type Role = z.infer<typeof Role>

/** Feed kind `person`: an officer of the agency. Name parts are separate because letters print them by rule. */
export const Person = z.object({
  id: Id,
  agencyId: AgencyId,
  name: text(120),
  titleBefore: text(40),
  titleAfter: text(60),
  position: text(160),
  unit: text(120),
  rank: text(60),
  grade: text(10),
  nip: z
    .string()
    .regex(/^\d{18}$/)
    .nullable(),
  roles: z.array(Role).min(1),
  active: z.boolean(),
})
export type Person = z.infer<typeof Person>

/** Feed kind `agency`: every agency of the regency, so that a referral can name its target. */
export const Agency = z.object({
  id: AgencyId,
  name: text(160),
  shortName: text(60),
  active: z.boolean(),
  /** The regency operator's own queue: reports that no agency owns are routed here, never dropped. */
  operator: z.boolean(),
})
export type Agency = z.infer<typeof Agency>

/** Feed kind `service`: what a citizen can report, and which agency owns it (null: the operator's queue). */
export const Service = z.object({
  id: z.string().regex(/^[a-z0-9_-]{2,60}$/),
  name: text(120),
  description: text(500),
  group: text(80),
  keywords: z.array(text(40)).max(20),
  agencyId: AgencyId.nullable(),
  active: z.boolean(),
})
export type Service = z.infer<typeof Service>

/** Full name with degrees as letters of correspondence print it: `drg. Nama, M.Kes.` */
export function fullName(p: Pick<Person, 'name' | 'titleBefore' | 'titleAfter'>): string {
  return [p.titleBefore, p.name].filter(Boolean).join(' ') + (p.titleAfter ? `, ${p.titleAfter}` : '')
}
