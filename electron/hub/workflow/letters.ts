import type { Letter } from '@shared/domain/letter.ts'
import type { Role } from '@shared/domain/person.ts'
import { sqlState } from '../db/engine.ts'
import { putItem } from '../feed/put.ts'
import { addEntry } from '../store/entries.ts'
import type { Row } from '../store/reports.ts'
import { actorOf, reject, type Handlers, type Scope } from './scope.ts'

const REGISTRARS: readonly Role[] = ['clerk', 'supervisor', 'agenda_clerk', 'agency_admin']

/** The register of letters: a number is used once per register and year (LETT-01). */
export const letters: Handlers<'letter.issue' | 'letter.void' | 'letter.spoil'> = {
  'letter.issue': async (scope, m) => {
    const { letter } = m.payload
    requireRegistrar(scope)
    requireOwnIssue(scope, letter)
    await requireEverOurs(scope, letter.reportId)
    await requireLease(scope, letter)
    await requireApprovedAnswer(scope, letter)
    await requireFree(scope, letter)
    await enter(scope, letter)
    await note(scope, letter, 'letter_issued')
    return 1
  },
  'letter.void': async (scope, m) => {
    requireRegistrar(scope)
    if (!m.payload.reason.trim()) throw reject('reason_required')
    const row = await registered(scope, m.payload.letterId)
    if (!row) throw reject('unknown_letter')
    if (row.body.state === 'void') throw reject('wrong_state')
    return makeVoid(scope, row, m.payload.reason)
  },
  // Of whoever gave it up, and whatever became of its answer or its report: no number may stay unexplained.
  'letter.spoil': async (scope, m) => {
    const { letter, reason } = m.payload
    requireOwnIssue(scope, letter)
    const row = await registered(scope, letter.id)
    if (row) return row.body.state === 'void' ? row.version : makeVoid(scope, row, reason)
    await requireLease(scope, letter)
    await requireFree(scope, letter)
    const body: Letter = { ...letter, state: 'void', voidReason: reason.slice(0, 1000) }
    await enter(scope, body)
    await note(scope, body, 'letter_voided', reason)
    return 1
  },
}

/** The register's row of a letter of this agency, locked. */
async function registered({ work, device }: Scope, letterId: string): Promise<Row<Letter> | undefined> {
  const [row] = await work.q<Row<Letter>>(
    'select version, body from letters where id = $1 and agency_id = $2 for update',
    [letterId, device.agencyId],
  )
  return row
}

/** Enters a new row. Throws Refused `number_taken`. */
async function enter({ work }: Scope, body: Letter): Promise<void> {
  await work
    .q('insert into letters (id, version, body) values ($1, 1, $2::jsonb)', [body.id, JSON.stringify(body)])
    .catch(asRefusal)
  await putItem(work, { agencyId: body.agencyId, kind: 'letter', id: body.id, version: 1, body })
}

async function makeVoid(scope: Scope, row: Row<Letter>, reason: string): Promise<number> {
  const body: Letter = { ...row.body, state: 'void', voidReason: reason.slice(0, 1000) }
  const version = row.version + 1
  await scope.work.q('update letters set version = $2, body = $3::jsonb where id = $1', [
    body.id,
    version,
    JSON.stringify(body),
  ])
  await putItem(scope.work, { agencyId: body.agencyId, kind: 'letter', id: body.id, version, body })
  await note(scope, body, 'letter_voided', reason)
  return version
}

function requireOwnIssue({ device }: Scope, letter: Letter): void {
  if (letter.agencyId !== device.agencyId || letter.deviceId !== device.id || letter.state !== 'issued')
    throw reject('bad_mutation')
}

function requireRegistrar({ person }: Scope): void {
  if (!person.roles.some((role) => REGISTRARS.includes(role))) throw reject('wrong_role')
}

/** A letter on paper must be registered even if its report has been handed over since. */
async function requireEverOurs({ work, device }: Scope, reportId: string): Promise<void> {
  const rows = await work.q(
    `select 1 from agency_item where agency_id = $1 and kind = 'report' and entity_id = $2`,
    [device.agencyId, reportId],
  )
  if (rows.length === 0) throw reject('unknown_report')
}

async function requireLease({ work, device }: Scope, letter: Letter): Promise<void> {
  const rows = await work.q(
    'select 1 from leases where agency_id = $1 and device_id = $2 and register_id = $3 and year = $4 and $5 between from_n and to_n',
    [device.agencyId, device.id, letter.registerId, letter.year, letter.n],
  )
  if (rows.length === 0) throw reject('number_not_leased')
}

/** A reply letter quotes an answer that was approved (LETT-02). */
async function requireApprovedAnswer({ work, device }: Scope, letter: Letter): Promise<void> {
  if (letter.kind !== 'reply' && !letter.replyId) return
  const rows = await work.q(
    `select 1 from replies where id = $1 and report_id = $2 and agency_id = $3 and state = 'published'`,
    [letter.replyId, letter.reportId, device.agencyId],
  )
  if (rows.length === 0) throw reject('reply_not_approved')
}

async function requireFree({ work }: Scope, l: Letter): Promise<void> {
  const [taken] = await work.q(
    'select 1 from letters where agency_id = $1 and register_id = $2 and year = $3 and n = $4 and suffix = $5',
    [l.agencyId, l.registerId, l.year, l.n, l.suffix],
  )
  if (taken) throw reject('number_taken')
  const [known] = await work.q('select 1 from letters where id = $1 or verify_token = $2', [
    l.id,
    l.verifyToken,
  ])
  if (known) throw reject('id_reused')
}

/** The constraint is the last word when two PCs race past the friendly check. */
function asRefusal(error: unknown): never {
  throw sqlState(error) === '23505' ? reject('number_taken') : error
}

async function note(scope: Scope, letter: Letter, action: string, text = ''): Promise<void> {
  const { work, device } = scope
  const [ours] = await work.q('select 1 from reports where id = $1 and agency_id = $2', [
    letter.reportId,
    device.agencyId,
  ])
  if (!ours) return
  const data = { letterId: letter.id, number: letter.number, kind: letter.kind }
  await addEntry(work, {
    reportId: letter.reportId,
    agencyId: device.agencyId,
    kind: 'system',
    action,
    actor: actorOf(scope),
    text,
    data,
  })
}
