import { z } from 'zod'
import { AgencyId } from '@shared/domain/ids.ts'
import { Agency, Person, Service } from '@shared/domain/person.ts'
import { AgencySettings } from '@shared/domain/settings.ts'

/** The operator's set-up file of a regency: imported once, while the hub is still empty. */
export const Bootstrap = z
  .strictObject({
    hubName: z.string().min(1).max(120),
    agencies: z.array(Agency).min(1),
    services: z.array(Service),
    /** Passwords are hashed with argon2id on import and kept nowhere else. */
    people: z.array(Person.extend({ password: z.string().min(8).max(200) })),
    /** Agency id → what that office may tune; every agency has one. */
    settings: z.record(AgencyId, AgencySettings),
    /** Keys of Open311 clients allowed to file reports; a practice hub also knows `latihan`. */
    apiKeys: z
      .array(z.strictObject({ key: z.string().min(4).max(100), name: z.string().max(80) }))
      .default([]),
  })
  .superRefine((file, ctx) => {
    const agencies = new Set(file.agencies.map((a) => a.id))
    const complain = (message: string) => ctx.addIssue({ code: 'custom', message })
    if (file.agencies.filter((a) => a.operator).length !== 1)
      complain('exactly one agency must be the operator')
    for (const s of file.services)
      if (s.agencyId && !agencies.has(s.agencyId)) complain(`service ${s.id}: unknown agency ${s.agencyId}`)
    for (const p of file.people)
      if (!agencies.has(p.agencyId)) complain(`person ${p.id}: unknown agency ${p.agencyId}`)
    for (const id of agencies) if (!file.settings[id]) complain(`agency ${id} has no settings`)
  })
export type Bootstrap = z.infer<typeof Bootstrap>
/** The same file as it is written, before defaults. */
export type BootstrapInput = z.input<typeof Bootstrap>
