import { z } from 'zod'

/** Open311 GeoReport v2 as this product writes it; what clients send is read by `form.ts`, which is tolerant. */
export const Open311Error = z.strictObject({ code: z.int(), description: z.string() })
export type Open311Error = z.infer<typeof Open311Error>

const When = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)

/** One line of the service list. */
export const ServiceOut = z.strictObject({
  service_code: z.string(),
  service_name: z.string(),
  description: z.string(),
  metadata: z.boolean(),
  type: z.literal('realtime'),
  keywords: z.string(),
  group: z.string(),
})
export type ServiceOut = z.infer<typeof ServiceOut>

/** One question of a service definition. */
export const AttributeOut = z.strictObject({
  variable: z.boolean(),
  code: z.string(),
  datatype: z.enum(['string', 'number', 'datetime', 'text', 'singlevaluelist', 'multivaluelist']),
  required: z.boolean(),
  datatype_description: z.string(),
  order: z.int().min(1),
  description: z.string(),
  values: z.array(z.strictObject({ key: z.string(), name: z.string() })).optional(),
})
export type AttributeOut = z.infer<typeof AttributeOut>

/** One public report. */
export const RequestOut = z.strictObject({
  service_request_id: z.string(),
  status: z.enum(['open', 'closed']),
  status_notes: z.string().nullable(),
  service_name: z.string(),
  service_code: z.string(),
  description: z.string(),
  agency_responsible: z.string(),
  service_notice: z.null(),
  requested_datetime: When,
  updated_datetime: When,
  expected_datetime: z.null(),
  address: z.string().nullable(),
  address_id: z.null(),
  zipcode: z.null(),
  lat: z.number().nullable(),
  long: z.number().nullable(),
  media_url: z.string().nullable(),
})
export type RequestOut = z.infer<typeof RequestOut>

/** Milliseconds as the W3C form the standard asks for, in UTC, without fractions. */
export const writeTime = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z')

/** Milliseconds of a W3C datetime; null when it is none or names no zone (the standard makes the zone mandatory). */
export function readTime(value: string): number | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/i.test(value)) return null
  const ms = Date.parse(value)
  return Number.isNaN(ms) ? null : ms
}

/**
 * The profile: what this service needs and the standard has no field for. Sent as `attribute[code]=value`; the same for
 * every service, none of them required.
 */
export const PROFILE: readonly AttributeOut[] = [
  {
    variable: true,
    code: 'class',
    datatype: 'singlevaluelist',
    required: false,
    datatype_description: 'Satu dari daftar',
    order: 1,
    description: 'Jenis laporan',
    values: [
      { key: 'pengaduan', name: 'Pengaduan' },
      { key: 'keluhan', name: 'Keluhan' },
      { key: 'aspirasi', name: 'Aspirasi' },
      { key: 'informasi', name: 'Permintaan informasi' },
    ],
  },
  flag('anonymous', 2, 'Sembunyikan identitas saya (anonim)'),
  flag('confidential', 3, 'Jangan umumkan isi laporan ini (rahasia)'),
  words('district', 4, 'Distrik', 'Nama distrik, paling banyak 80 huruf'),
  words('subject', 5, 'Judul singkat', 'Paling banyak 200 huruf; tanpa ini diambil dari uraian'),
  words(
    'client_ref',
    6,
    'Kunci kiriman ulang',
    'Kunci unik dari aplikasi pengirim: kiriman ulang tidak menjadi laporan baru',
  ),
]

function flag(code: string, order: number, description: string): AttributeOut {
  const values = [
    { key: 'true', name: 'Ya' },
    { key: 'false', name: 'Tidak' },
  ]
  return {
    variable: true,
    code,
    datatype: 'singlevaluelist',
    required: false,
    datatype_description: 'Ya atau tidak',
    order,
    description,
    values,
  }
}

function words(code: string, order: number, description: string, hint: string): AttributeOut {
  return {
    variable: true,
    code,
    datatype: 'string',
    required: false,
    datatype_description: hint,
    order,
    description,
  }
}
