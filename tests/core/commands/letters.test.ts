import { expect, test } from 'vitest'
import { LetterView } from '@shared/ipc/views.ts'
import { mutationPayloads } from '@shared/sync/mutations.ts'
import { sha256Of } from '../../../electron/core/archive/seal.ts'
import { approveReply } from '../../../electron/core/commands/decide-reply.ts'
import { discardLetter } from '../../../electron/core/commands/discard-letter.ts'
import { disposeReport } from '../../../electron/core/commands/dispose-report.ts'
import { draftLetter } from '../../../electron/core/commands/draft-letter.ts'
import { issueLetter } from '../../../electron/core/commands/issue-letter.ts'
import { letterPdf } from '../../../electron/core/commands/letter-pdf.ts'
import { printLetter, saveLetter } from '../../../electron/core/commands/print-letter.ts'
import { voidLetter } from '../../../electron/core/commands/void-letter.ts'
import { listLetters } from '../../../electron/core/queries/letters.ts'
import { registerOf } from '../../../electron/core/queries/register.ts'
import { findByNumber } from '../../../electron/core/queries/reports.ts'
import { testDevice } from '../make-desk.ts'
import { leaseChange, replyChange, replyTo } from '../office.ts'
import { idOf, people, reportChanges } from '../sample.ts'
import { code, order, answered, outbox, audit, office } from './letter-office.ts'

test('a draft has no number and carries KONSEP; issuing gives the lowest leased number and the final PDF', async () => {
  // Verifies LETT-01, LETT-02, LETT-03
  const { t, printed } = office(answered(), [leaseChange(7, 9)])
  const draft = LetterView.parse(await draftLetter(t.desk, order()))
  expect(draft).toMatchObject({
    state: 'draft',
    number: null,
    n: null,
    year: 2026,
    date: '2026-02-02',
    paper: 'A4',
    verifyUrl: null,
    pending: false,
  })
  expect(printed[0]!.html).toMatch(/KONSEP/)
  const letter = LetterView.parse(await issueLetter(t.desk, draft.id))
  expect(letter).toMatchObject({
    state: 'issued',
    n: 7,
    number: '600/007/PUPR/2026',
    pages: 1,
    pending: true,
    prints: 0,
  })
  expect(letter.verifyUrl).toMatch(/^https:\/\/hub\.example\/v\/v1\/verify\/[\w-]{22}$/)
  expect(printed[1]!.html).not.toMatch(/KONSEP/)
  expect(printed[1]!.html).toContain('600/007/PUPR/2026')
  const { bytes, name } = await letterPdf(t.desk, draft.id)
  expect(sha256Of(bytes)).toBe(letter.sha256)
  expect(name).toBe('Surat 600-007-PUPR-2026.pdf')
  const [row] = outbox(t)
  const { letter: sent } = mutationPayloads['letter.issue'].parse(JSON.parse(row!.payload))
  expect(sent).toMatchObject({
    id: draft.id,
    n: 7,
    sha256: letter.sha256,
    deviceId: testDevice.id,
    signerId: people.supervisor.id,
  })
  expect(t.db.get('SELECT state FROM attachments WHERE sha256 = ?', letter.sha256)).toEqual({
    state: 'to_upload',
  })
  expect(audit(t)).toEqual(['letter.issue'])
  expect(findByNumber(t.desk, '600/007/PUPR/2026')).toBe(idOf(1))
})

test('a second click neither makes a second draft nor takes a second number', async () => {
  // Verifies SYNC-02, LETT-01
  const { t } = office(answered(), [leaseChange(1, 5)])
  const [a, b] = await Promise.all([draftLetter(t.desk, order()), draftLetter(t.desk, order())])
  expect(a.id).toBe(b.id)
  const issued = await Promise.all([issueLetter(t.desk, a.id), issueLetter(t.desk, a.id)])
  expect(issued.map((one) => one.n)).toEqual([1, 1])
  expect(outbox(t)).toHaveLength(1)
  await expect(draftLetter(t.desk, order())).rejects.toThrow(code('wrong_state'))
})

test('a preview that was still printing when the letter was issued makes no second letter', async () => {
  // Verifies LETT-01
  const { t } = office(answered(), [leaseChange(1, 5)])
  const draft = await draftLetter(t.desk, order())
  t.feed([replyChange(replyTo(1, { state: 'published', body: 'Teks lain' }), 2)])
  const [preview] = await Promise.all([draftLetter(t.desk, order()), issueLetter(t.desk, draft.id)])
  expect(preview.id).toBe(draft.id)
  expect(t.db.all('SELECT id, state FROM letters')).toEqual([{ id: draft.id, state: 'issued' }])
  expect((await letterPdf(t.desk, draft.id)).name).toContain('001')
})

test('two letters issued at the same moment get two numbers, and each PDF shows its own', async () => {
  // Verifies LETT-01
  const { t, printed } = office(answered(1), answered(2), [leaseChange(1, 5)])
  const drafts = await Promise.all([draftLetter(t.desk, order(1)), draftLetter(t.desk, order(2))])
  const issued = await Promise.all(drafts.map((draft) => issueLetter(t.desk, draft.id)))
  expect(new Set(issued.map((one) => one.n))).toEqual(new Set([1, 2]))
  for (const letter of issued) {
    const last = printed.findLast((one) => one.title.includes(letter.number!))
    expect(last!.html).toContain(letter.number)
  }
  expect(new Set(issued.map((one) => one.sha256)).size).toBe(2)
})

test('without a leased number the letter waits, keeps KONSEP, and is issued once a lease comes', async () => {
  const { t } = office(answered(), [
    leaseChange(1, 3, { deviceId: idOf(0xe1) }),
    leaseChange(4, 6, { expiresAt: 1 }),
  ])
  const draft = await draftLetter(t.desk, order())
  const wakes = t.wakes()
  expect(await issueLetter(t.desk, draft.id)).toMatchObject({ state: 'waiting_number', number: null })
  expect(t.wakes()).toBe(wakes + 1)
  expect(outbox(t)).toEqual([])
  t.feed([leaseChange(10, 12)])
  expect(await issueLetter(t.desk, draft.id)).toMatchObject({ state: 'issued', n: 10 })
})

test('a letter of a not yet approved answer is a draft only; an approval on this desk is enough', async () => {
  // Verifies LETT-02
  const { t } = office(
    reportChanges(1, {}, { state: 'verified' }),
    [replyChange(replyTo(1))],
    [leaseChange(1, 5)],
  )
  const draft = await draftLetter(t.desk, order())
  await expect(issueLetter(t.desk, draft.id)).rejects.toThrow(code('wrong_state'))
  approveReply(t.as(people.supervisor), { replyId: replyTo(1).id, hash: replyTo(1).hash })
  expect(await issueLetter(t.desk, draft.id)).toMatchObject({ state: 'issued', n: 1 })
  expect(outbox(t).map((row) => row.kind)).toEqual(['reply.approve', 'letter.issue'])
})

test('the year and date are the day of issue in WIT unless a date was chosen', async () => {
  const expiresAt = Date.UTC(2027, 5, 1)
  const next = leaseChange(1, 5, { id: idOf(0x6001), year: 2027, expiresAt })
  const { t } = office(answered(1), answered(2), [leaseChange(1, 5, { expiresAt }), next])
  const today = await draftLetter(t.desk, order(1))
  const chosen = await draftLetter(t.desk, { ...order(2), date: '2026-12-30' })
  // 31 December 2026, 16:00 UTC is already 2027 in Timika.
  t.host.advance(Date.UTC(2026, 11, 31, 16) - t.host.now())
  expect(await issueLetter(t.desk, today.id)).toMatchObject({
    year: 2027,
    date: '2027-01-01',
    number: '600/001/PUPR/2027',
  })
  expect(await issueLetter(t.desk, chosen.id)).toMatchObject({
    year: 2026,
    date: '2026-12-30',
    number: '600/001/PUPR/2026',
  })
})

test('a draft follows its texts, an issued letter never changes', async () => {
  // Verifies LETT-03
  const { t, printed } = office(
    reportChanges(1, {}, { state: 'verified' }),
    [replyChange(replyTo(1))],
    [leaseChange(1, 5)],
  )
  const draft = await draftLetter(t.desk, order())
  const before = (await letterPdf(t.desk, draft.id)).bytes
  expect(printed).toHaveLength(1)
  t.feed([replyChange(replyTo(1, { body: 'Teks lain', state: 'published' }), 2)])
  expect(Buffer.compare((await letterPdf(t.desk, draft.id)).bytes, before)).not.toBe(0)
  expect(t.db.get('SELECT count(*) AS n FROM attachments')).toEqual({ n: 1 })
  await issueLetter(t.desk, draft.id)
  const issued = (await letterPdf(t.desk, draft.id)).bytes
  t.feed([replyChange(replyTo(1, { body: 'Lagi', state: 'published' }), 3)])
  expect(Buffer.compare((await letterPdf(t.desk, draft.id)).bytes, issued)).toBe(0)
  expect(printed).toHaveLength(3)
})

test('the first print is the stored file, a reprint is a marked copy, both are counted and recorded', async () => {
  // Verifies LETT-03
  const { t } = office(answered(), [leaseChange(1, 5)])
  const { id, sha256 } = await draftLetter(t.desk, order()).then((draft) => issueLetter(t.desk, draft.id))
  const out: Uint8Array[] = []
  t.host.printFile = (bytes) => Promise.resolve(out.push(bytes) < 3)
  expect(await printLetter(t.desk, id)).toEqual({ printed: true, copy: 1 })
  expect(await printLetter(t.desk, id)).toEqual({ printed: true, copy: 2 })
  expect(await printLetter(t.desk, id)).toEqual({ printed: false, copy: 2 })
  expect(sha256Of(out[0]!)).toBe(sha256)
  expect(sha256Of(out[1]!)).not.toBe(sha256)
  expect(listLetters(t.desk, { year: null, kind: null, reportId: null })).toMatchObject([{ prints: 2 }])
  await saveLetter(t.desk, id)
  expect(audit(t)).toEqual(['letter.issue', 'letter.print', 'letter.print', 'letter.save_as'])
})

test('a disposition sheet is made final without a number and without the hub', async () => {
  const { t, printed } = office(reportChanges(1, {}, { state: 'verified' }))
  const payload = {
    toIds: [people.clerk2.id],
    units: ['Bina Marga'],
    instructions: ['Tindak lanjuti'],
    note: 'Segera',
    dueOn: null,
    urgency: 'segera' as const,
  }
  const { dispositionId } = disposeReport(t.desk, { reportId: idOf(1), payload })
  const sheet = {
    kind: 'disposition' as const,
    reportId: idOf(1),
    replyId: null,
    dispositionId,
    paper: null,
    date: null,
  }
  const draft = await draftLetter(t.desk, sheet)
  expect(draft).toMatchObject({
    kind: 'disposition',
    paper: 'F4',
    subject: 'Disposisi PUPR-00001',
    addressee: 'Petugas pengaduan, Bina Marga',
  })
  expect(await issueLetter(t.desk, draft.id)).toMatchObject({
    state: 'issued',
    number: null,
    n: null,
    pending: false,
  })
  expect((await letterPdf(t.desk, draft.id)).name).toBe('Disposisi PUPR-00001.pdf')
  expect(outbox(t).map((row) => row.kind)).toEqual(['report.dispose'])
  expect(registerOf(t.desk, 2026).rows).toEqual([])
  expect(() => voidLetter(t.desk, { letterId: draft.id, reason: 'x' })).toThrow(code('wrong_state'))
  const blank = await draftLetter(t.desk, { ...sheet, kind: 'disposition_blank', dispositionId: null })
  expect(printed.at(-1)!.html).toContain('PUPR-00001')
  discardLetter(t.desk, blank.id)
  expect(() => discardLetter(t.desk, draft.id)).toThrow(code('wrong_state'))
})

test.each([
  ['an answer that is not there', { replyId: idOf(0xfff) }, 'not_found'],
  ['a date before the first profile', { date: '2020-01-01' }, 'no_profile'],
] as const)('%s has no letter', async (_, change, refusal) => {
  const { t } = office(answered())
  await expect(draftLetter(t.desk, { ...order(), ...change })).rejects.toThrow(code(refusal))
})

test('a printer that fails leaves the draft as it was', async () => {
  const { t } = office(answered(), [leaseChange(1, 5)])
  const draft = await draftLetter(t.desk, order())
  t.host.printPdf = () => Promise.reject(new Error('no window'))
  await expect(issueLetter(t.desk, draft.id)).rejects.toThrow(code('print_failed'))
  expect(listLetters(t.desk, { year: null, kind: null, reportId: idOf(1) })).toMatchObject([
    { state: 'draft', n: null },
  ])
})
