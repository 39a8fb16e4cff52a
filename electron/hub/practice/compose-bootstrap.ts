import { Person } from '@shared/domain/person.ts'
import type { AgencySettings } from '@shared/domain/settings.ts'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { Bootstrap } from '../bootstrap.ts'
import { HolidayFile, LetterProfiles, PracticeSettings, Regency, Templates } from './files.ts'

/** The practice regency: the hub's set-up file, and the short names (`PUPR.petugas`) its stories use for people. */
export interface PracticeRegency {
  bootstrap: Bootstrap
  people: ReadonlyMap<string, Person>
  password: string
}

type Profiles = z.infer<typeof LetterProfiles>
type Profile = AgencySettings['letterProfiles'][number]

/** Reads the practice folder and puts shared settings, holidays, templates and letter profiles into every agency's own. Throws ZodError. */
export async function composeBootstrap(dir: string): Promise<PracticeRegency> {
  const regency = Regency.parse(await readJson(join(dir, 'bootstrap.json')))
  const settings = PracticeSettings.parse(await readJson(join(dir, 'settings.json')))
  const { templates } = Templates.parse(await readJson(join(dir, 'templates.json')))
  const profiles = LetterProfiles.parse(await readJson(join(dir, 'letter-profiles.json')))
  const holidayFiles = settings.holidayFiles.map((name) => readJson(join(dir, '..', 'holidays', name)))
  const holidays = (await Promise.all(holidayFiles)).flatMap((file) => HolidayFile.parse(file).holidays)
  const calendar = { ...settings.calendar, holidays }
  const people = new Map(regency.people.map((p) => [p.handle, Person.parse(p)]))
  const own = regency.agencies.map(({ id, name }): [string, AgencySettings] => {
    const services = regency.services.filter((s) => s.agencyId === id).map((s) => s.id)
    const fits = (names: readonly string[]) => names.length === 0 || names.some((s) => services.includes(s))
    return [
      id,
      {
        ruleSets: settings.ruleSets,
        calendar,
        templates: templates.filter((t) => fits(t.services)),
        letterProfiles: [profileOf(profiles, id, name, people)],
        units: settings.units[id] ?? [],
        archiveReasons: settings.archiveReasons,
        verifyBaseUrl: settings.verifyBaseUrl,
      },
    ]
  })
  const { hubName, agencies, services, password } = regency
  const bootstrap = Bootstrap.parse({
    hubName,
    agencies,
    services,
    people: [...people.values()].map((p) => ({ ...p, password })),
    settings: Object.fromEntries(own),
  })
  return { bootstrap, people, password }
}

/** An agency's letter profile: the base, what the agency's file overrides, and a letterhead from its address. */
function profileOf(
  { base, agencies }: Profiles,
  agencyId: string,
  agencyName: string,
  people: ReadonlyMap<string, Person>,
): Profile {
  const own = agencies[agencyId]
  const signer = own && people.get(own.signer)
  if (!own || !signer) throw new Error(`letter profile or signer missing for ${agencyId}`)
  const { practiceLine, registerPattern, ...shared } = base
  const { address, phone, mail, classification, signer: _signer, unit, office, ...rest } = own
  const title = (office ?? agencyName.replace(/ Kabupaten Mimika.*/, '')).toUpperCase()
  const site = 'mimika.contoh.invalid'
  const { registerPattern: pattern = registerPattern, ...overrides } = rest
  return {
    classifications: {},
    ...shared,
    name: 'Profil bawaan A4',
    ...overrides,
    id: `${agencyId.toLowerCase()}-2026`,
    agencyId,
    kop: [
      { text: 'PEMERINTAH KABUPATEN MIMIKA', size: 13, bold: false },
      { text: title, size: 17, bold: true },
      { text: address, size: 9.5, bold: false },
      { text: `Telepon ${phone}  Pos-el ${mail}@${site}  Laman ${mail}.${site}`, size: 9.5, bold: false },
      { text: practiceLine, size: 8, bold: false },
    ],
    register: {
      id: 'surat-keluar',
      name: 'Surat keluar',
      pattern,
      unit: unit ?? agencyId,
      classification,
    },
    signerId: signer.id,
  }
}

const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'))
