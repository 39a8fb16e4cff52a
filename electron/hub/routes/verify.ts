import type { Letter } from '@shared/domain/letter.ts'
import type { FastifyInstance } from 'fastify'
import type { Hub } from '../context.ts'

interface Found {
  letter: Letter
  office: string
  signer: string | null
}

const FIND = `
select l.body as letter, a.body->>'name' as office, p.body->>'position' as signer
from letters l join agencies a on a.id = l.agency_id left join people p on p.id::text = l.body->>'signerId'
where l.verify_token = $1`

/** `GET /v1/verify/:token`: what a letter's QR opens. For anyone, so it tells no personal data. */
export function verifyRoute(app: FastifyInstance, hub: Hub): void {
  app.get('/verify/:token', async (request, reply) => {
    const { token } = request.params as { token: string }
    const [found] = /^[\w-]{22}$/.test(token) ? await hub.db.q<Found>(FIND, [token]) : []
    const facts = found && factsOf(found)
    reply.code(facts ? 200 : 404).header('cache-control', 'no-store')
    const wantsJson = /\bjson\b/.test(request.headers.accept ?? '')
    if (wantsJson)
      return reply
        .type('application/json; charset=utf-8')
        .send(JSON.stringify(facts ?? { status: 'unknown' }))
    reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
    return reply.type('text/html; charset=utf-8').send(page(hub, facts))
  })
}

type Facts = ReturnType<typeof factsOf>

const factsOf = ({ letter, office, signer }: Found) => ({
  status: letter.state === 'void' ? ('void' as const) : ('valid' as const),
  number: letter.number,
  date: letter.date,
  office,
  signerPosition: signer,
  fingerprint: letter.sha256.slice(0, 16),
})

const escape = (s: string) => s.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)

function page(hub: Hub, facts: Facts | undefined): string {
  const title = !facts
    ? 'Surat tidak dikenal'
    : facts.status === 'void'
      ? 'Surat ini BATAL'
      : 'Surat ini tercatat'
  const sentence = !facts
    ? 'Kode ini tidak ada dalam register. Periksa kembali alamatnya, atau tanyakan kepada kantor yang tertera di surat.'
    : facts.status === 'void'
      ? 'Nomor ini sudah dinyatakan batal dan tidak berlaku lagi.'
      : 'Nomor dan tanggal di bawah ini harus sama dengan yang tercetak di surat.'
  const rows: [string, string | null][] = facts
    ? [
        ['Nomor', facts.number],
        ['Tanggal', facts.date.split('-').toReversed().join('-')],
        ['Kantor', facts.office],
        ['Penanda tangan', facts.signerPosition],
        ['Sidik jari berkas', facts.fingerprint],
      ]
    : []
  const table = rows.map(([k, v]) => (v ? `<dt>${k}</dt><dd>${escape(v)}</dd>` : '')).join('')
  const practice = hub.practice ? '<p><strong>Hub latihan: bukan surat sungguhan.</strong></p>' : ''
  return `<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem}
dt{color:#555;font-size:.9rem}dd{margin:0 0 .7rem;overflow-wrap:anywhere}</style>
<h1>${title}</h1><p>${sentence}</p>${practice}<dl>${table}</dl><p>${escape(hub.name)}</p></html>`
}
