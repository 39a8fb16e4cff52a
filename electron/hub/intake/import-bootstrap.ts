import { hash } from '@node-rs/argon2'
import type { FeedKind } from '@shared/sync/feed.ts'
import { sha256 } from '../auth/tokens.ts'
import type { Bootstrap } from '../bootstrap.ts'
import type { Hub, Work } from '../context.ts'
import { putItem } from '../feed/put.ts'
import { HubFault } from '../http/fault.ts'

/** argon2id at OWASP's memory-hard minimum: about 30 ms on an office PC. */
const ARGON = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Imports the set-up file into an empty hub, all of it or nothing. Throws HubFault `not_allowed` when it is not empty. */
export async function importBootstrap(
  hub: Hub,
  file: Bootstrap,
): Promise<{ agencies: number; services: number; people: number }> {
  const [used] = await hub.db.q('select 1 from agencies limit 1')
  if (used)
    throw new HubFault('not_allowed', 'Hub ini sudah berisi data; berkas persiapan hanya untuk hub kosong.')
  const hashes = await Promise.all(file.people.map((p) => hash(p.password, ARGON)))
  await hub.work(async (work) => {
    await work.q(
      `insert into meta values ('name', $1) on conflict (key) do update set value = excluded.value`,
      [file.hubName],
    )
    await insertAgencies(work, file)
    for (const [ord, s] of file.services.entries()) {
      await work.q('insert into services (id, version, body, ord) values ($1, 1, $2::jsonb, $3)', [
        s.id,
        JSON.stringify(s),
        ord,
      ])
      await putEverywhere(work, file, 'service', s.id, s)
    }
    for (const [i, { password: _secret, ...person }] of file.people.entries()) {
      const params = [person.id, person.agencyId, JSON.stringify(person), hashes[i]]
      await work.q('insert into people values ($1, $2, 1, $3::jsonb, $4)', params)
      await putItem(work, {
        agencyId: person.agencyId,
        kind: 'person',
        id: person.id,
        version: 1,
        body: person,
      })
    }
    for (const { key, name } of file.apiKeys) {
      await work.q('insert into api_keys values ($1, $2) on conflict do nothing', [sha256(key), name])
    }
  })
  hub.name = file.hubName
  return { agencies: file.agencies.length, services: file.services.length, people: file.people.length }
}

async function insertAgencies(work: Work, file: Bootstrap): Promise<void> {
  for (const a of file.agencies) {
    await work.q('insert into agencies (id, version, body) values ($1, 1, $2::jsonb)', [
      a.id,
      JSON.stringify(a),
    ])
    await work.q('insert into agency_feed (agency_id) values ($1)', [a.id])
  }
  for (const a of file.agencies) {
    const settings = file.settings[a.id]!
    await putEverywhere(work, file, 'agency', a.id, a)
    await work.q('insert into settings values ($1, 1, $2::jsonb)', [a.id, JSON.stringify(settings)])
    await putItem(work, { agencyId: a.id, kind: 'settings', id: a.id, version: 1, body: settings })
  }
}

/** Rows that every office needs: the agencies a referral can name, the services a report can have. */
async function putEverywhere(
  work: Work,
  file: Bootstrap,
  kind: FeedKind & ('agency' | 'service'),
  id: string,
  body: unknown,
): Promise<void> {
  for (const { id: agencyId } of file.agencies)
    await putItem(work, { agencyId, kind, id, version: 1, body: body as never })
}
