import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { practiceReports, randomOf } from './many-reports.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const RESOURCES = join(ROOT, 'resources')
/** Forms on their way to the hub at once. */
const PARALLEL = 8
const DAY = 86_400_000
const SERVICES = ['jalan-rusak', 'jembatan', 'drainase-banjir', 'air-bersih', 'bangunan-ruang']

/** Changes when a hub filled earlier is no longer what would be filled now. */
export function seedKey(): string {
  const parts = ['electron/hub/db/migrations/0001-base.ts', 'resources/practice/bootstrap.json']
  const hash = createHash('sha256')
  for (const part of [...parts, 'tests/bench/seed.ts']) hash.update(readFileSync(join(ROOT, part)))
  return hash.digest('hex').slice(0, 16)
}

/** Files `count` reports as citizens' applications do, several at once. */
export async function fileReports(url: string, adminToken: string, count: number): Promise<void> {
  if (count > 1000) console.log(`seeding a hub with ${count} reports through Open311 (once; kept in .cache)`)
  const started = performance.now()
  const forms = seedForms(count)
  let filed = 0
  const worker = async () => {
    for (const { form, at } of forms) {
      await file(url, adminToken, form, at)
      if (++filed % 2000 === 0) {
        const rate = filed / ((performance.now() - started) / 1000)
        console.log(`  ${filed} reports, ${rate.toFixed(0)} a second`)
      }
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, worker))
}

async function file(url: string, adminToken: string, form: URLSearchParams, at: number): Promise<void> {
  const answer = await fetch(`${url}/open311/v2/requests.json`, {
    method: 'POST',
    headers: { 'x-practice-token': adminToken, 'x-practice-time': String(at) },
    body: form,
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`Open311 refused a report: ${answer.status} ${text.slice(0, 300)}`)
}

/** Reports of three months in the sentences of the practice texts, about 570 letters each. */
function* seedForms(count: number): Generator<{ form: URLSearchParams; at: number }> {
  const random = randomOf(7)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(items.length * random())]!
  const texts = practiceReports(RESOURCES)
  const sentences = texts.flatMap((text) => text.body.split(/(?<=[.!?])\s+/)).filter((one) => one.length > 12)
  const now = Date.now()
  for (let i = 0; i < count; i++) {
    const about = pick(texts)
    const own = `Rumah nomor ${i}, telepon posko ${Math.floor(random() * 1e6)}.`
    const form = new URLSearchParams({
      api_key: 'latihan',
      service_code: pick(SERVICES),
      description: [...Array.from({ length: 6 }, () => pick(sentences)), own].join(' ').slice(0, 4000),
      address_string: about.address,
      first_name: `Warga ${i}`,
      phone: '0812-0000-0000',
      'attribute[subject]': about.subject,
      'attribute[district]': pick(texts).district,
      'attribute[anonymous]': String(random() < 0.2),
    })
    yield { form, at: now - Math.floor(((count - i) / count) * 90 * DAY) }
  }
}
