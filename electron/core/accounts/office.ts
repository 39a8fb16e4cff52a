import type { Desk } from '../desk.ts'
import { mirroredRow, mirroredRows } from '../mirror/rows.ts'
import { knownPerson, type DeviceRecord } from './device-store.ts'

/** The device's record with what the mirror now says about the office: its name, people and zone. */
export function officeOf(desk: Pick<Desk, 'db' | 'settings'>, record: DeviceRecord): DeviceRecord {
  const agency = mirroredRow(desk.db, 'agency', record.device.agencyId)?.body
  const people = mirroredRows(desk.db, 'person').filter(
    (person) => person.active && person.agencyId === record.device.agencyId,
  )
  const calendar = desk.settings()?.calendar
  return {
    ...record,
    agency: agency
      ? { id: agency.id, name: agency.name, shortName: agency.shortName, operator: agency.operator }
      : record.agency,
    people:
      people.length > 0
        ? people.map(knownPerson).sort((a, b) => a.name.localeCompare(b.name, 'id'))
        : record.people,
    zoneLabel: calendar?.zoneLabel ?? record.zoneLabel,
    utcOffsetMinutes: calendar?.utcOffsetMinutes ?? record.utcOffsetMinutes,
  }
}
