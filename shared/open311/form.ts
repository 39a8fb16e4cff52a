import { wellFormed } from '../domain/ids.ts'
import { MAX_DESCRIPTION, ReportClass, type Reporter } from '../domain/report.ts'
import type { Open311Error } from './georeport.ts'

/** A decoded form body: repeated fields arrive as lists. */
export type Form = Readonly<Record<string, string | readonly string[] | undefined>>

/** Collects every complaint, because the standard lets one answer name them all. */
export class FormReader {
  readonly errors: Open311Error[] = []
  constructor(private readonly form: Form) {}

  /**
   * The field's text, well-formed and trimmed; undefined when absent or empty (the standard treats both alike).
   * Multipart forms travel with CR LF; a line end counts as one letter, as the citizen typed it.
   */
  get(name: string): string | undefined {
    const value = this.form[name]
    const first = typeof value === 'string' ? value : value?.[0]
    return (
      wellFormed(first ?? '')
        .replace(/\r\n?/g, '\n')
        .trim() || undefined
    )
  }

  /** Text of at most `max` units. */
  text(name: string, max: number): string | undefined {
    const value = this.get(name)
    if (value === undefined || value.length <= max) return value
    this.complain(`${name}: paling banyak ${max} huruf, terkirim ${value.length}`)
    return undefined
  }

  /** A number within bounds. */
  number(name: string, min: number, max: number): number | undefined {
    const value = this.get(name)
    if (value === undefined) return undefined
    const n = Number(value)
    if (/^[-+]?\d{1,3}(\.\d{1,20})?$/.test(value) && n >= min && n <= max) return n
    this.complain(`${name}: harus angka antara ${min} dan ${max}`)
    return undefined
  }

  /** true/false in the spellings clients use. */
  flag(name: string): boolean {
    const value = this.get(name)?.toLowerCase()
    if (value === undefined || ['false', '0', 'no', 'tidak'].includes(value)) return false
    if (['true', '1', 'yes', 'ya'].includes(value)) return true
    this.complain(`${name}: harus true atau false`)
    return false
  }

  complain(description: string, code = 400): void {
    this.errors.push({ code, description })
  }
}

/** What a citizen's form says, before the service is looked up. */
export interface ReportForm {
  serviceCode: string | undefined
  description: string
  subject: string
  address: string
  district: string
  lat: number | null
  lon: number | null
  /** Null when the citizen gave no name, phone or e-mail at all. */
  contact: Reporter | null
  anonymous: boolean
  confidential: boolean
  class: ReportClass | null
  mediaUrl: string | null
  clientRef: string | null
}

/** Reads `POST /requests`; complaints are left in the reader. `hasMedia`: a photo came with it. */
export function readReportForm(reader: FormReader, hasMedia: boolean): ReportForm {
  const serviceCode = reader.get('service_code')
  if (!serviceCode) reader.complain('service_code: wajib diisi')
  const description = reader.text('description', MAX_DESCRIPTION) ?? ''
  if (!reader.get('description') && !hasMedia) reader.complain('description: wajib diisi (atau kirim foto)')
  const lat = reader.number('lat', -90, 90)
  const lon = reader.number('long', -180, 180)
  const addressId = reader.text('address_id', 100)
  const address = reader.text('address_string', 300) ?? (addressId ? `#${addressId}` : undefined)
  if ((reader.get('lat') === undefined) !== (reader.get('long') === undefined))
    reader.complain('lat dan long harus dikirim bersama')
  const located = reader.get('lat') ?? reader.get('address_string') ?? reader.get('address_id')
  if (located === undefined)
    reader.complain('lokasi wajib diisi: lat dan long, address_string, atau address_id')
  return {
    serviceCode,
    description,
    subject: reader.text('attribute[subject]', 200) ?? '',
    address: address ?? '',
    district: reader.text('attribute[district]', 80) ?? '',
    lat: lat ?? null,
    lon: lon ?? null,
    contact: readContact(reader),
    anonymous: reader.flag('attribute[anonymous]'),
    confidential: reader.flag('attribute[confidential]'),
    class: readClass(reader),
    mediaUrl: readUrl(reader),
    clientRef: reader.text('attribute[client_ref]', 100) ?? null,
  }
}

function readContact(reader: FormReader): Reporter | null {
  const names = [reader.text('first_name', 100), reader.text('last_name', 99)]
  const name = names.filter(Boolean).join(' ')
  const phone = reader.text('phone', 40) ?? null
  const email = reader.text('email', 200) ?? null
  if (email && !/^[^\s@]+@[^\s@]+$/.test(email)) reader.complain('email: bukan alamat surel')
  return name || phone || email ? { name, phone, email } : null
}

function readClass(reader: FormReader): ReportClass | null {
  const value = reader.get('attribute[class]')?.toLowerCase()
  if (value === undefined) return null
  const parsed = ReportClass.safeParse(value)
  if (!parsed.success) reader.complain(`attribute[class]: harus satu dari ${ReportClass.options.join(', ')}`)
  return parsed.data ?? null
}

function readUrl(reader: FormReader): string | null {
  const value = reader.text('media_url', 500)
  if (value === undefined) return null
  if (/^https?:\/\/[^\s<>"]+$/i.test(value)) return value
  reader.complain('media_url: harus alamat http atau https')
  return null
}
