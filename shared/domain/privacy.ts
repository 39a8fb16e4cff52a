import type { Report, ReportState } from './report.ts'

/** What the check before publication looks for; `empty` is a text without words. */
export type FindingCode = 'nik' | 'phone' | 'email' | 'reporter_name' | 'placeholder' | 'empty'

/** A place in the text, UTF-16 units [start, end). */
export interface Finding {
  code: FindingCode
  start: number
  end: number
  text: string
}

type Range = [start: number, end: number]

// Digits in groups, one separator between groups: how people write a NIK, a NIP or a telephone number.
const DIGIT_RUN = /\d+(?:[ .\-\u00a0]\d+)*/g
const EMAIL = /(?<![\w.%+-])[\w.%+-]{1,64}@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,6}/gu
const PLACEHOLDER = /\{[^{}\n]{0,60}\}|\[(?!\d+\])[^[\]\n]{0,60}\]|_{3,}|\.{5,}|…{2,}/g
const WORD = /[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu

/** Words that are names and everyday words; alone they identify nobody, beside another part of the name they do. */
const COMMON_WORDS = new Set(
  (
    'indah jaya mulia baru timur barat utara selatan tengah putra putri bapak ibu saudara saudari sdr sdri haji hajjah ' +
    'bin binti van der den jalan kali air damai sejahtera harapan cahaya bintang bunga mawar melati surya bulan agung ' +
    'setia sari murni bumi laut gunung papua mimika timika dinas warga anak dan yang untuk dari pada dengan adalah ' +
    'gereja pasar kampung distrik kota kepala ketua rukun makmur utama abadi bakti karya kasih rejeki tulus iman'
  ).split(' '),
)

/** Birth date part of a NIK: day 1–31 (women 41–71), month 1–12. */
const birthFits = (day: number, month: number) =>
  ((day >= 1 && day <= 31) || (day >= 41 && day <= 71)) && month >= 1 && month <= 12

/** Whether 16 digits can be a NIK (or a family card number, built alike): province, regency, date, serial. */
function isNik(digits: string): boolean {
  const at = (from: number, to: number) => Number(digits.slice(from, to))
  return (
    digits.length === 16 &&
    at(0, 2) >= 11 &&
    at(2, 4) >= 1 &&
    at(2, 4) <= 79 &&
    birthFits(at(6, 8), at(8, 10)) &&
    at(12, 16) > 0
  )
}

/** Whether 18 digits can be an officer's NIP: birth date, first of appointment, sex or contract code, serial. */
function isNip(digits: string): boolean {
  const at = (from: number, to: number) => Number(digits.slice(from, to))
  return (
    digits.length === 18 &&
    at(0, 4) >= 1930 &&
    at(0, 4) <= 2020 &&
    at(4, 6) >= 1 &&
    at(4, 6) <= 12 &&
    birthFits(at(6, 8), 1)
  )
}

/** A mobile number (0/62/+62, then 8 and 8–11 more digits) or any number written with +62. */
function isPhone(digits: string, groups: readonly string[], plus: boolean): boolean {
  const national = digits.startsWith('62')
    ? digits.slice(2)
    : digits.startsWith('0') && groups[0]!.length >= 3
      ? digits.slice(1)
      : ''
  if (plus && digits.startsWith('62')) return national.length >= 8 && national.length <= 12
  return /^8[1-9]/.test(national) && national.length >= 9 && national.length <= 12
}

/** Looks at every stretch of neighbouring groups, the longest kinds first, so that a NIP is not read as a NIK. */
function* numberFindings(text: string): Generator<{ code: 'nik' | 'phone' | 'nip'; range: Range }> {
  for (const run of text.matchAll(DIGIT_RUN)) {
    const groups = [...run[0].matchAll(/\d+/g)].map((group) => ({
      digits: group[0],
      at: run.index + group.index,
    }))
    for (let i = 0; i < groups.length; i++) {
      const plus = text[groups[i]!.at - 1] === '+' || text.slice(groups[i]!.at - 2, groups[i]!.at) === '+ '
      let hit: { code: 'nik' | 'phone' | 'nip'; upTo: number } | undefined
      for (let j = i, digits = ''; j < groups.length && digits.length <= 18; j++) {
        digits += groups[j]!.digits
        const parts = groups.slice(i, j + 1).map((group) => group.digits)
        if (isNip(digits)) hit = { code: 'nip', upTo: j }
        else if (isNik(digits) && parts.every((part) => part.length > 1)) hit = { code: 'nik', upTo: j }
        else if (isPhone(digits, parts, plus) && hit?.code !== 'nik') hit = { code: 'phone', upTo: j }
      }
      if (!hit) continue
      const last = groups[hit.upTo]!
      yield { code: hit.code, range: [groups[i]!.at - (plus ? 1 : 0), last.at + last.digits.length] }
      i = hit.upTo
    }
  }
}

const plain = (word: string) => word.toLocaleLowerCase('id').replace(/['’]/g, '')

/** Runs of neighbouring words of the name; one everyday word alone is no finding. */
function* nameFindings(text: string, name: string): Generator<Range> {
  const parts = new Set(
    [...name.matchAll(WORD)].map((match) => plain(match[0])).filter((part) => part.length >= 3),
  )
  if (parts.size === 0) return
  let run: { start: number; end: number; words: string[] } | null = null
  const finished = (range: NonNullable<typeof run>) =>
    range.words.length > 1 || !COMMON_WORDS.has(range.words[0]!) ? ([range.start, range.end] as Range) : null
  for (const match of text.matchAll(WORD)) {
    const word = plain(match[0])
    const end = match.index + match[0].length
    const near = run && /^[ .\u00a0-]{1,2}$/.test(text.slice(run.end, match.index))
    if (parts.has(word)) {
      if (run && near) {
        run.end = end
        run.words.push(word)
      } else {
        const range = run && finished(run)
        if (range) yield range
        run = { start: match.index, end, words: [word] }
      }
    }
  }
  const range = run && finished(run)
  if (range) yield range
}

/**
 * Everything in a public text that might identify the reporter or is not filled in, in reading order, never overlapping.
 * `reporterName` is null when it is sealed or unknown. It warns and does not decide: a person does.
 */
export function findPrivate(text: string, reporterName: string | null): Finding[] {
  const found: Finding[] = []
  const taken: Range[] = []
  const add = (code: FindingCode | 'nip', [start, end]: Range) => {
    if (taken.some(([from, to]) => start < to && end > from)) return
    taken.push([start, end])
    if (code !== 'nip') found.push({ code, start, end, text: text.slice(start, end) })
  }
  for (const match of text.matchAll(EMAIL)) add('email', [match.index, match.index + match[0].length])
  for (const { code, range } of numberFindings(text)) add(code, range)
  if (reporterName) for (const range of nameFindings(text, reporterName)) add('reporter_name', range)
  for (const match of text.matchAll(PLACEHOLDER))
    add('placeholder', [match.index, match.index + match[0].length])
  if (!/[\p{L}\d]/u.test(text)) add('empty', [0, 0])
  return found.sort((a, b) => a.start - b.start)
}

const MASK = '▇▇▇'

/** The text with every identifying place masked; unfilled fields stay. */
export function maskPrivate(text: string, reporterName: string | null): string {
  const hidden = findPrivate(text, reporterName).filter((f) => f.code !== 'placeholder' && f.code !== 'empty')
  let result = ''
  let at = 0
  for (const finding of hidden) {
    result += text.slice(at, finding.start) + MASK
    at = finding.end
  }
  return result + text.slice(at)
}

/** The report without its reporter when the reporter asked not to be named; every exit goes through here (PRIV-01). */
export function redactReporter<R extends Pick<Report, 'reporter'>>(
  report: R,
  state: Pick<ReportState, 'anonymous'>,
): R {
  return state.anonymous ? { ...report, reporter: null } : report
}

/** What of a report may be shown outside the agency. */
export type PublicReport = Pick<
  Report,
  'number' | 'serviceName' | 'subject' | 'body' | 'address' | 'district' | 'lat' | 'lon' | 'requestedAt'
>

/**
 * The report as the public may see it (PRIV-01): confidential leaves number, service and time; anonymous keeps the words
 * with identifying places masked. Pass the sealed name as `sealedName` where it is known.
 */
export function publicReport(
  report: PublicReport & Pick<Report, 'reporter'>,
  state: Pick<ReportState, 'anonymous' | 'confidential'>,
  sealedName: string | null = report.reporter?.name ?? null,
): PublicReport {
  const { number, serviceName, requestedAt, subject, body, address, district, lat, lon } = report
  if (state.confidential) {
    return {
      number,
      serviceName,
      requestedAt,
      subject: '',
      body: '',
      address: '',
      district: '',
      lat: null,
      lon: null,
    }
  }
  const shown = (text: string) => (state.anonymous ? maskPrivate(text, sealedName) : text)
  return {
    number,
    serviceName,
    requestedAt,
    subject: shown(subject),
    body: shown(body),
    address,
    district,
    lat,
    lon,
  }
}
