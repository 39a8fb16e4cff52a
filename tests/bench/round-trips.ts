import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { openBenchHub, type BenchHub } from './bench-hub.ts'
import { enrolPc, startPc, type Pc } from './pc.ts'
import { kilobytes, median, millis, p95, printTable } from './stats.ts'

const ROUNDS = 5
const REPLIES = 10
/** Per round: ten verified, five of them disposed, five noted. */
const CHANGES = 20
const ANSWER = (i: number) =>
  `Yth. Warga ${i},\n\nTerima kasih atas laporan Saudara. Petugas Bidang Bina Marga telah meninjau lokasi dan memasang ` +
  `rambu sementara. Perbaikan dijadwalkan mulai hari Senin dan memakan waktu sekitar ${3 + (i % 5)} hari kerja.\n\n` +
  'Hormat kami,\nDinas Pekerjaan Umum dan Penataan Ruang Kabupaten Mimika'

interface Round {
  posts: number
  mutations: number
  bytesUp: number
  bytesDown: number
  bare: number
  ms: number
}

/** Counts, at the hub, the exchanges it takes to send what was queued without a link. */
export async function benchRoundTrips(work: string): Promise<void> {
  const hub = await openBenchHub(join(work, 'small-hub'), ROUNDS * REPLIES)
  const pc = startPc(join(work, 'small-pc'))
  try {
    await enrolPc(pc, hub)
    await quiet(pc)
    const { items } = await pc.call('reports.list', { view: 'all', limit: 100 })
    const rounds: Round[] = []
    for (let i = 0; i < ROUNDS; i++)
      rounds.push(await oneRound(pc, hub, items.slice(i * REPLIES, (i + 1) * REPLIES)))
    print(rounds)
  } finally {
    pc.core.stop()
    await hub.stop()
  }
}

async function oneRound(pc: Pc, hub: BenchHub, reports: { id: string }[]): Promise<Round> {
  pc.link = false
  for (const [i, { id: reportId }] of reports.entries()) await work(pc, reportId, i)
  const { queued } = await pc.call('sync.status', {})
  if (queued !== REPLIES + CHANGES) throw new Error(`${queued} acts queued instead of ${REPLIES + CHANGES}`)

  const round: Round = { posts: 0, mutations: 0, bytesUp: 0, bytesDown: 0, bare: 0, ms: 0 }
  pc.onRequest = ({ url, body }) => {
    if (!url.endsWith('/v1/exchange') || round.bare > 0) return
    const { mutations } = JSON.parse(plain(body!)) as { mutations: unknown[] }
    round.bare = gzipSync(JSON.stringify(mutations)).length
  }
  pc.onLog = ({ event, data }) => {
    if (event !== 'exchange' || Number(data['bytesDown']) === 0) return
    round.bytesUp += Number(data['bytesUp'])
    round.bytesDown += Number(data['bytesDown'])
  }
  const seen = hub.log.length
  pc.link = true
  const started = performance.now()
  await pc.call('sync.now', {})
  round.ms = performance.now() - started
  await quiet(pc)
  // A straggler would come now, and so would the hub's last lines.
  await sleep(500)
  const lines = hub.log.slice(seen)
  round.posts = lines.filter((line) => line['event'] === 'http' && line['route'] === '/v1/exchange').length
  round.mutations = lines
    .filter((line) => line['event'] === 'exchange')
    .reduce((sum, line) => sum + Number(line['mutations']), 0)
  const after = await pc.call('sync.status', {})
  if (after.queued + after.needsPerson > 0) throw new Error('the hub did not take everything')
  return round
}

/** What one clerk does with one report: three acts, one of them an answer. */
async function work(pc: Pc, reportId: string, i: number): Promise<void> {
  const verify = { class: 'pengaduan', oversight: false, priority: 'normal' } as const
  await pc.call('reports.triage', { reportId, action: 'verify', payload: verify })
  if (i % 2 === 0) {
    const text = `Lokasi ${i} sudah dihubungi lewat telepon; ketua RT menunggu di tempat.`
    await pc.call('reports.triage', { reportId, action: 'note', payload: { text } })
  } else {
    const payload = {
      toIds: [],
      units: ['Bidang Bina Marga'],
      instructions: ['Adakan pengecekan lapangan'],
      note: 'Laporkan hasilnya.',
      dueOn: null,
      urgency: 'segera' as const,
    }
    await pc.call('reports.dispose', { reportId, payload })
  }
  const draft = { draftId: null, reportId, kind: 'final' as const, body: ANSWER(i), replyId: null }
  const { id: draftId } = await pc.call('drafts.save', { ...draft, attachments: [] })
  await pc.call('replies.submit', { draftId })
}

/** Waits until the engine has nothing to do. */
async function quiet(pc: Pc): Promise<void> {
  for (let calm = 0; calm < 3;) {
    const { phase, queued, mirrorComplete } = await pc.call('sync.status', {})
    calm = phase === 'idle' && queued === 0 && mirrorComplete ? calm + 1 : 0
    await sleep(50)
  }
}

const plain = (body: Uint8Array) => (body[0] === 0x1f ? gunzipSync(body) : Buffer.from(body)).toString('utf8')

function print(rounds: Round[]): void {
  const of = (key: keyof Round) => rounds.map((round) => round[key])
  printTable(
    `5  sending ${REPLIES} replies and ${CHANGES} changes that were queued without a link, ${ROUNDS} times`,
    [
      ['', 'median', 'p95'],
      [
        'POST /v1/exchange, counted at the hub (goal: 1)',
        String(median(of('posts'))),
        String(p95(of('posts'))),
      ],
      ['acts the hub took', String(median(of('mutations'))), String(p95(of('mutations')))],
      ['bytes up (bodies)', kilobytes(median(of('bytesUp'))), kilobytes(p95(of('bytesUp')))],
      ['  the same acts as bare gzip JSON', kilobytes(median(of('bare'))), kilobytes(p95(of('bare')))],
      [
        'bytes down (bodies: receipts and the changed rows)',
        kilobytes(median(of('bytesDown'))),
        kilobytes(p95(of('bytesDown'))),
      ],
      ['until everything is acknowledged', millis(median(of('ms'))), millis(p95(of('ms')))],
    ],
  )
}
