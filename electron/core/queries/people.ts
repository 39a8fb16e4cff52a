import { fullName, type Agency, type Person } from '@shared/domain/person.ts'
import type { Output } from '@shared/ipc/contract.ts'
import type { Desk } from '../desk.ts'
import { mirroredRow, mirroredRows } from '../mirror/rows.ts'
import { profileOn } from '../letters/profile.ts'
import { dateAt } from '@shared/domain/days.ts'
import { officeOffset } from './clock-views.ts'

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, 'id')

/** Active officers of the agency, by name. */
export const listPeople = (desk: Pick<Desk, 'db' | 'device'>): Person[] =>
  mirroredRows(desk.db, 'person')
    .filter((person) => person.active && person.agencyId === desk.device.agencyId)
    .sort(byName)

/** Agencies of the regency that a report can be referred to, by name. */
export const listAgencies = (desk: Pick<Desk, 'db'>): Agency[] =>
  mirroredRows(desk.db, 'agency')
    .filter((agency) => agency.active)
    .sort(byName)

/** A finder of officers' full names that reads each row once; people who left keep their names. */
export function personNames(desk: Pick<Desk, 'db'>): (id: string | null) => string | null {
  const known = new Map<string, string | null>()
  return (id) => {
    if (id === null) return null
    if (!known.has(id)) {
      const row = mirroredRow(desk.db, 'person', id)
      known.set(id, row ? fullName(row.body) : null)
    }
    return known.get(id) ?? null
  }
}

/** Lists of the office for the disposition form; empty before the settings are mirrored. */
export function officeLists(desk: Desk): Output<'office.lists'> {
  const settings = desk.settings()
  const today = dateAt(desk.host.now(), officeOffset(desk))
  return {
    units: settings?.units ?? [],
    instructions: (settings && profileOn(settings.letterProfiles, today)?.instructions) ?? [],
    archiveReasons: settings?.archiveReasons ?? [],
  }
}
