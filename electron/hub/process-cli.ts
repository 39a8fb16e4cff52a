import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { explainFailure } from './failures.ts'
import { openHub } from './open-hub.ts'

const HELP = `Hub Meja Lapor
  hub --data FOLDER [--port 8311] [--host 127.0.0.1] [--name NAMA] [--practice] [--seed FOLDER] [--restored]
  hub admin enrol-code --agency KODE --hub URL --token TOKEN
  hub admin bootstrap --file BERKAS.json --hub URL --token TOKEN
`

const OPTIONS = {
  data: { type: 'string' },
  cache: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  name: { type: 'string' },
  practice: { type: 'boolean' },
  seed: { type: 'string' },
  restored: { type: 'boolean' },
  agency: { type: 'string' },
  file: { type: 'string' },
  hub: { type: 'string' },
  token: { type: 'string' },
  help: { type: 'boolean' },
} as const

type Flags = ReturnType<typeof parse>['values']
const parse = (args: string[]) => parseArgs({ args, options: OPTIONS, allowPositionals: true })
const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)

/** Runs the command line; answers the exit code. A server runs until SIGINT or SIGTERM. */
export async function runCli(args: string[], random: (bytes: number) => Uint8Array): Promise<number> {
  try {
    const { values, positionals } = parse(args)
    if (values.help) {
      process.stdout.write(HELP)
      return 0
    }
    if (positionals[0] === 'admin') return await admin(positionals[1], values)
    return await serve(values, random)
  } catch (error) {
    process.stderr.write(`${explainFailure(error).message}\n`)
    return 1
  }
}

async function serve(flags: Flags, random: (bytes: number) => Uint8Array): Promise<number> {
  const dataDir = flags.data ?? join(homedir(), '.meja-lapor-hub')
  const { hub, url } = await openHub({
    dataDir,
    cacheDir: flags.cache ?? join(dataDir, 'cache'),
    host: flags.host ?? '127.0.0.1',
    port: Number(flags.port ?? 8311),
    practice: flags.practice ?? flags.seed !== undefined,
    name: flags.name,
    seedDir: flags.seed,
    restored: flags.restored,
    random,
    log: (line) => process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`),
  })
  print(hub.isNew ? { url, adminToken: hub.adminToken } : { url })
  if (!hub.takesPictures)
    process.stderr.write(
      'Pemroses foto (@napi-rs/image) tidak berjalan di komputer ini: hub menerima teks dan PDF, foto ditolak.\n',
    )
  process.stderr.write('Mesin basis data tertanam tidak tahan listrik padam: hanya untuk latihan.\n')
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  await hub.close()
  return 0
}

async function admin(what: string | undefined, flags: Flags): Promise<number> {
  if (!flags.hub || !flags.token) throw new Error('--hub dan --token wajib diisi')
  if (what === 'enrol-code' && flags.agency)
    return post(flags, 'enrolment-codes', JSON.stringify({ agencyId: flags.agency }))
  if (what === 'bootstrap' && flags.file) return post(flags, 'bootstrap', await readFile(flags.file, 'utf8'))
  throw new Error(HELP)
}

async function post(flags: Flags, path: string, body: string): Promise<number> {
  const headers = { authorization: `Bearer ${flags.token}`, 'content-type': 'application/json' }
  const answer = await fetch(`${flags.hub}/v1/admin/${path}`, { method: 'POST', headers, body })
  const result = (await answer.json()) as { error?: { message: string } }
  if (!answer.ok) throw new Error(result.error?.message ?? `hub menjawab ${answer.status}`)
  print(result)
  return 0
}
