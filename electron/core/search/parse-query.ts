import type { ReportStateName } from '@shared/domain/report.ts'

/** What a person typed into the search box, taken apart. */
export interface ParsedQuery {
  /** The words without fields, for `matchExpression`. */
  text: string
  /** A report or letter number, or part of one, given with `no:`. */
  number: string | null
  /** `dari:` words of the reporter's name. */
  from: string | null
  district: string | null
  states: ReportStateName[]
  /** `sebelum:` and `sesudah:` dates, exclusive and inclusive. */
  before: string | null
  since: string | null
}

const FIELDS: Readonly<Record<string, 'number' | 'from' | 'district' | 'status' | 'before' | 'since'>> = {
  no: 'number',
  nomor: 'number',
  number: 'number',
  dari: 'from',
  from: 'from',
  distrik: 'district',
  district: 'district',
  status: 'status',
  sebelum: 'before',
  before: 'before',
  sejak: 'since',
  sesudah: 'since',
  since: 'since',
}

/** Words of the interface for states; several states may share one. */
const STATES: Readonly<Record<string, readonly ReportStateName[]>> = {
  masuk: ['received'],
  terverifikasi: ['verified'],
  tunda: ['awaiting_citizen'],
  disposisi: ['disposed'],
  didisposisikan: ['disposed'],
  respon: ['acknowledged'],
  dijadwalkan: ['scheduled'],
  selesai: ['resolved', 'closed'],
  ditutup: ['closed'],
  dibuka: ['reopened'],
  rujukan: ['referral_proposed', 'referred'],
  arsip: ['archive_proposed', 'archived'],
  duplikat: ['duplicate'],
  received: ['received'],
  verified: ['verified'],
  awaiting_citizen: ['awaiting_citizen'],
  disposed: ['disposed'],
  acknowledged: ['acknowledged'],
  scheduled: ['scheduled'],
  resolved: ['resolved'],
  closed: ['closed'],
  reopened: ['reopened'],
  referred: ['referral_proposed', 'referred'],
  archived: ['archive_proposed', 'archived'],
  duplicate: ['duplicate'],
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'mei', 'jun', 'jul', 'agu', 'sep', 'okt', 'nov', 'des']
const ENGLISH_MONTHS: Readonly<Record<string, number>> = { may: 5, aug: 8, oct: 10, dec: 12 }

/** `2026-11-05`, `5/11/2026`, `5-11-2026`, `5 Nov 2026` → ISO date; null when it is no date. */
export function parseDate(text: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  const local = /^(\d{1,2})[/.\- ]([a-z]{3,10}|\d{1,2})[/.\- ](\d{4})$/i.exec(text)
  const [year, month, day] = iso
    ? [Number(iso[1]), Number(iso[2]), Number(iso[3])]
    : local
      ? [Number(local[3]), monthOf(local[2]!), Number(local[1])]
      : [0, 0, 0]
  const date = new Date(Date.UTC(year, month - 1, day))
  return year > 1900 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    ? date.toISOString().slice(0, 10)
    : null
}

function monthOf(text: string): number {
  if (/^\d/.test(text)) return Number(text)
  const short = text.toLowerCase().slice(0, 3)
  return MONTHS.indexOf(short) + 1 || (ENGLISH_MONTHS[short] ?? 0)
}

/** Takes fields (`status:selesai`, `distrik:"Mimika Baru"`) out of a query; a field that makes no sense stays a word. */
export function parseQuery(query: string): ParsedQuery {
  const parsed: ParsedQuery = {
    text: '',
    number: null,
    from: null,
    district: null,
    states: [],
    before: null,
    since: null,
  }
  const text = query.replace(
    /(?<![\p{L}\p{N}])(\p{L}+):(?:"([^"]*)"|([^\s"]+))/gu,
    (all, name: string, quoted?: string, bare?: string) =>
      take(parsed, name, (quoted ?? bare ?? '').trim()) ? ' ' : all,
  )
  // Trailing space is kept: it says that the last word is finished.
  return { ...parsed, text: text.replace(/\s+/g, ' ').trimStart() }
}

function take(parsed: ParsedQuery, name: string, value: string): boolean {
  const field = FIELDS[name.toLowerCase()]
  if (!field || value === '') return false
  if (field === 'status') {
    const states = STATES[value.toLowerCase()]
    if (states) parsed.states.push(...states)
    return states !== undefined
  }
  if (field === 'before' || field === 'since') {
    const date = parseDate(value)
    if (date) parsed[field] = date
    return date !== null
  }
  parsed[field] = value
  return true
}

/**
 * A number typed or scanned whole: `report` in its stored form (`#pupr 26 412` → `PUPR-26-000412`), `letter` with its
 * slashes (spaces around them dropped); null for anything else.
 */
export function numberIn(query: string): { kind: 'report' | 'letter'; number: string } | null {
  const typed = query
    .trim()
    .replace(/^#\s*/, '')
    .replace(/^no(?:mor)?[.:]\s*/i, '')
  const report = /^([a-z][a-z0-9]{1,15})[-\s](\d\d)[-\s](\d{1,9})$/i.exec(typed)
  if (report)
    return {
      kind: 'report',
      number: `${report[1]!.toUpperCase()}-${report[2]}-${report[3]!.padStart(6, '0')}`,
    }
  const parts = typed.split('/').map((part) => part.trim())
  const shaped = parts.length >= 3 && parts.every((part) => /^[\w .-]{1,40}$/.test(part))
  return shaped && parts.some((part) => /^\d+(\.\w+)*$/.test(part))
    ? { kind: 'letter', number: parts.join('/') }
    : null
}
