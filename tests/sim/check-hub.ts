import type { Reply } from '@shared/domain/reply.ts'
import type { Entry } from '@shared/domain/report.ts'
import type { Act } from './ledger.ts'
import type { People } from './people.ts'
import type { World } from './world.ts'

interface Applied {
  id: string
  kind: string
  device_id: string
  person_id: string
  version: number
}

/** Every act that any desk ever acknowledged, by its id. */
export function actsOf(world: World): Map<string, Act> {
  return new Map(
    world.desks.flatMap((desk) => [...desk.ledger.acts.values()].map((act) => [act.id, act] as const)),
  )
}

/** What must be true of the hub's records when the dust has settled. */
export async function checkHub(world: World, people: People): Promise<void> {
  const { q } = world.hub
  const applied = await q<Applied>(
    `select id, kind, device_id, person_id, version from mutations where outcome = 'applied' order by at, version, id`,
  )
  await checkOnce(world, applied)
  await checkPublished(world, people)
  await checkWaiting(world)
  checkDecided(world, applied)
  await checkNumbers(world)
  await checkFeeds(world)
  checkMerges(world, applied)
}

/** SYNC-02: each act left exactly one line, one row, one block of numbers. */
async function checkOnce(world: World, applied: readonly Applied[]): Promise<void> {
  const { hub, broke, hubRestored, diskCopied } = world
  const lines = await hub.q<{ action: string; n: number }>(
    `select body->>'action' as action, count(*)::int as n from entries
     where kind <> 'official' and body->>'actorId' is not null group by 1`,
  )
  const done = new Map<string, number>()
  for (const { kind } of applied) done.set(kind, (done.get(kind) ?? 0) + 1)
  const LINES: Record<string, string> = {
    'report.verify': 'verify', // two clerks who agree leave one line
    'reply.submit': 'submit_reply',
    'reply.withdraw': 'withdraw_reply',
    'reply.approve': 'approve_reply',
    'reply.return': 'return_reply',
  }
  for (const [kind, n] of done) {
    if (kind.startsWith('letter.') || kind === 'register.lease') continue
    const action = LINES[kind] ?? kind.slice('report.'.length)
    const found = lines.find((line) => line.action === action)?.n ?? 0
    if (found > n || (found < n && kind !== 'report.verify'))
      broke('SYNC-02', `${n} applied ${kind} left ${found} lines`)
  }
  for (const { action, n } of lines)
    if (action === 'note' && n > (done.get('report.note') ?? 0))
      broke('SYNC-02', `${n} notes from fewer acts`)
  const leases = new Set((await hub.q<{ id: string }>('select id from leases')).map(({ id }) => id))
  const asked = applied.filter(({ kind }) => kind === 'register.lease')
  if (asked.some(({ id }) => !leases.has(id))) broke('SYNC-02', 'a request for numbers brought none')
  // A restored hub hears of leases from their PCs, also of those whose request was given up since.
  if (leases.size !== asked.length && !hubRestored)
    broke('SYNC-02', `${leases.size} leases from ${asked.length} acts`)
  const [letters] = await hub.q<{ n: number }>('select count(*)::int as n from letters')
  // One row per letter, whether it was issued or its number given up; after a restore it may have been both.
  const [issued, spoilt] = [done.get('letter.issue') ?? 0, done.get('letter.spoil') ?? 0]
  if (spoilt > 0) world.count('number given up')
  const most = issued + spoilt
  const least = hubRestored || diskCopied ? issued : most
  if (letters!.n < least || letters!.n > most) broke('SYNC-02', `${letters!.n} letters, not ${most}`)
}

/** APPR-01, APPR-02: what is public was approved, by another person, word for word. */
async function checkPublished(world: World, people: People): Promise<void> {
  const { hub, broke } = world
  const lines = await hub.q<{ body: Entry }>(`select body from entries where kind = 'official' order by id`)
  const seen = new Set<string>()
  for (const { body: line } of lines) {
    if (line.action !== 'published') continue
    checkLine(world, people, line)
    const key = `${line.reportId}/${String(line.data['replyId'])}`
    if (seen.has(key)) broke('SYNC-02', `answer ${key.slice(-6)} was published twice`)
    seen.add(key)
  }
  for (const { body } of await hub.q<{ body: Reply }>(
    `select body from replies where body->>'state' = 'published'`,
  )) {
    if (body.approverId === null || body.approverId === body.authorId)
      broke('APPR-01', `reply ${body.id.slice(-6)} is published without another person's approval`)
    const line = lines.find(
      ({ body: one }) => one.data['replyId'] === body.id && one.reportId === body.reportId,
    )
    if (line?.body.text !== body.body)
      broke('APPR-02', `reply ${body.id.slice(-6)} changed after publication`)
  }
}

/** APPR-02: only what was waiting for approval was approved: not withdrawn, returned or published before. */
function checkDecided(world: World, applied: readonly Applied[]): void {
  const acts = actsOf(world)
  const last = new Map<string, { kind: string; version: number }>()
  for (const { id, kind, version } of applied.toSorted((a, b) => a.version - b.version)) {
    const act = kind.startsWith('reply.') ? acts.get(id) : undefined
    // Null in a disk put back after its report had left.
    const replyId = act && (JSON.parse(act.payload) as { replyId: string } | null)?.replyId
    if (!replyId) continue
    const before = last.get(replyId)
    if (kind === 'reply.approve' && before?.version === version - 1 && before.kind !== 'reply.submit')
      world.broke('APPR-02', `reply ${replyId.slice(-6)} was approved after ${before.kind}`)
    last.set(replyId, { kind, version })
  }
}

/** APPR-02: an answer to a version that is no longer current does not go on waiting for approval. */
async function checkWaiting({ hub, broke }: World): Promise<void> {
  const stale = await hub.q<{ id: string }>(
    `select y.id from replies y join reports r on r.id = y.report_id where y.state = 'submitted'
       and (y.agency_id <> r.agency_id or (y.body->>'reportVersion')::int <> r.version)`,
  )
  if (stale[0]) broke('APPR-02', `reply ${stale[0].id.slice(-6)} still waits, its report has changed`)
}

/** One public line against what its approver was shown. */
function checkLine({ broke }: World, people: People, line: Entry): void {
  const about = [...people.approvals].filter((seen) => seen.replyId === line.data['replyId'])
  const exact = about.filter((seen) => seen.text === line.text && seen.approverId === line.actorId)
  const id = String(line.data['replyId']).slice(-6)
  if (exact.length === 0) broke('APPR-01', `reply ${id}: ${about.length} approvals, none of these words`)
  else if (exact.every((seen) => seen.authorId === seen.approverId))
    broke('APPR-02', `reply ${id}: own approval`)
  else if (!exact.some((seen) => seen.supervisor)) broke('APPR-01', `reply ${id}: approved without the role`)
}

/** Watches each commit of a hub in memory: at publication the report is still the one that was approved (APPR-02). */
export function watchCommits(world: World, people: People): void {
  let last = 0
  const checked = new Set<string>()
  world.hub.onCommit = () => {
    const hub = world.hub.memory!
    const top = hub.look('select coalesce(max(rowid), 0) as n from entries').get() as { n: number }
    // After a restore the rows are counted anew.
    if (top.n < last) last = 0
    if (top.n === last) return
    const rows = hub
      .look(
        `select e.body, r.version, s.body as state from entries e join reports r on r.id = e.report_id
         join report_states s on s.id = r.id where e.kind = 'official' and e.rowid > ?`,
      )
      .all(last) as { body: string; version: number; state: string }[]
    last = top.n
    for (const row of rows) {
      const line = JSON.parse(row.body) as Entry
      if (line.action !== 'published' || checked.has(line.id)) continue
      checked.add(line.id)
      world.count('published')
      const flags = JSON.parse(row.state) as {
        anonymous: boolean
        confidential: boolean
        groupLeadId: string | null
      }
      // A member of a group gets its lead's answer: the approval was of the lead.
      if (flags.groupLeadId) continue
      const fits = [...people.approvals].some(
        (seen) =>
          seen.replyId === line.data['replyId'] &&
          seen.text === line.text &&
          seen.reportVersion === row.version &&
          seen.anonymous === flags.anonymous &&
          seen.confidential === flags.confidential,
      )
      if (!fits)
        world.broke(
          'APPR-02',
          `reply ${String(line.data['replyId']).slice(-6)} published on another report version or flags`,
        )
    }
  }
}

/** LETT-01: no number twice, no two leases over one number, no letter without its lease. */
async function checkNumbers({ hub, broke }: World): Promise<void> {
  const leases = await hub.q<{ key: string; device: string; from_n: number; to_n: number }>(
    `select agency_id || '/' || register_id || '/' || year as key, device_id as device, from_n, to_n from leases order by agency_id, register_id, year, from_n`,
  )
  for (const [i, lease] of leases.entries()) {
    const next = leases[i + 1]
    if (next?.key === lease.key && next.from_n <= lease.to_n)
      broke('LETT-01', `${lease.key}: ${next.from_n} was lent twice`)
  }
  const letters = await hub.q<{ key: string; device: string; n: number }>(
    `select agency_id || '/' || register_id || '/' || year as key, body->>'deviceId' as device, n from letters`,
  )
  const used = new Set<string>()
  for (const { key, device, n } of letters) {
    if (used.has(`${key}/${n}`)) broke('LETT-01', `${key}/${n} is on two letters`)
    used.add(`${key}/${n}`)
    const own = leases.some(
      (one) => one.key === key && one.device === device && one.from_n <= n && n <= one.to_n,
    )
    if (!own) broke('LETT-01', `${key}/${n} was not lent to the PC that used it`)
  }
}

/** SYNC-06, SYNC-03: each feed holds its agency's reports and nothing that hangs on another's. */
async function checkFeeds({ hub, broke }: World): Promise<void> {
  const wrong = await hub.q<{ agency_id: string; kind: string }>(
    `select i.agency_id, i.kind from agency_item i join reports r on r.id::text = i.entity_id
     where i.kind in ('report', 'report_state') and i.removed is null and r.agency_id <> i.agency_id`,
  )
  if (wrong[0]) broke('SYNC-06', `${wrong[0].agency_id} keeps ${wrong[0].kind} of another's report`)
  const missing = await hub.q<{ id: string }>(
    `select r.id from reports r where not exists (select 1 from agency_item i where i.agency_id = r.agency_id
       and i.kind = 'report' and i.entity_id = r.id::text and i.removed is null and i.version = r.version)`,
  )
  if (missing[0]) broke('SYNC-03', `report ${missing[0].id.slice(-6)} is in no feed as it is`)
  const stale = await hub.q<{ id: string }>(
    `select s.id from report_states s join reports r on r.id = s.id where not exists (select 1 from agency_item i
       where i.agency_id = r.agency_id and i.kind = 'report_state' and i.entity_id = s.id::text and i.version = s.version)`,
  )
  if (stale[0]) broke('SYNC-03', `state of ${stale[0].id.slice(-6)} is in no feed as it is`)
  const counts = await hub.q<{ agency_id: string; told: number; n: number }>(
    `select f.agency_id, f.report_count as told, (select count(*)::int from reports r where r.agency_id = f.agency_id) as n from agency_feed f`,
  )
  for (const { agency_id: id, told, n } of counts)
    if (told !== n) broke('SYNC-05', `${id} is told ${told} reports of ${n}`)
}

type Fields = Record<string, unknown>
const CHOSEN: Record<string, (payload: Fields) => Fields> = {
  'report.verify': (p) => ({ class: p['class'], oversight: p['oversight'], priority: p['priority'] }),
  'report.classify': (p) => ({ class: p['class'], oversight: p['oversight'] }),
  'report.prioritise': (p) => ({ priority: p['priority'] }),
  'report.assign': (p) => ({ assigneeId: p['assigneeId'] }),
  'report.dispose': (p) => ({
    assigneeId: (p['toIds'] as string[])[0] ?? null,
    unit: (p['units'] as string[])[0] ?? null,
  }),
  'report.approve_proposal': () => ({}),
  'report.route': () => ({}),
}
const FRESH: Fields = { priority: 'normal', oversight: false, assigneeId: null, unit: null, class: null }

/** SYNC-07: no act has overwritten a field that another PC had changed since the version it was based on. */
function checkMerges(world: World, applied: readonly Applied[]): void {
  const acts = actsOf(world)
  const fields = new Map<string, Map<string, { value: unknown; version: number; device: string }>>()
  for (const { id, kind, device_id: device, version } of applied.toSorted((a, b) => a.version - b.version)) {
    const act = acts.get(id)
    const chosen = CHOSEN[kind]
    if (!act?.reportId || !chosen) continue
    // Null in a disk put back after its report had left: what it chose is known to nobody any more.
    const payload = JSON.parse(act.payload) as Fields | null
    const known = fields.get(act.reportId) ?? new Map()
    fields.set(act.reportId, known)
    const moved = kind === 'report.approve_proposal' || kind === 'report.route'
    const set = moved ? { assigneeId: null, unit: null } : payload && chosen(payload)
    if (!set) {
      fields.delete(act.reportId)
      continue
    }
    for (const [field, value] of Object.entries(set)) {
      const last = known.get(field)
      const clash = last && last.version > act.baseVersion && last.device !== device && last.value !== value
      if (clash && !moved)
        world.broke(
          'SYNC-07',
          `${kind} ${id.slice(-6)} overwrote ${field} of version ${last.version} (base ${act.baseVersion})`,
        )
      if ((last?.value ?? FRESH[field]) !== value) known.set(field, { value, version, device })
    }
  }
}
