import type { Form } from '@shared/open311/form.ts'
import { FormReader } from '@shared/open311/form.ts'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { sniff } from '../attachments/sniff.ts'
import { sha256 } from '../auth/tokens.ts'
import type { Hub } from '../context.ts'

/** A photo that came with a form, checked but not stored yet. */
export interface Photo {
  name: string
  bytes: Buffer
}

/** A posted form: its fields, its photos, and which client's key it carries (null: none or unknown, already complained about). */
export interface Input {
  reader: FormReader
  photos: Photo[]
  client: string | null
}

/** Fields of a url-encoded body. Broken escapes become U+FFFD; the framework's own parser would leave the whole text encoded. */
export function parseForm(body: string): Record<string, string | string[]> {
  const fields = emptyFields()
  for (const [name, value] of new URLSearchParams(body)) add(fields, name, value)
  return fields
}

const emptyFields = () => Object.create(null) as Record<string, string | string[]>

/** Reads a url-encoded or multipart form. Photos are kept in memory until the whole form is known to be good. */
export async function readInput(hub: Hub, request: FastifyRequest): Promise<Input> {
  const fields = emptyFields()
  const photos: Photo[] = []
  const complaints: string[] = []
  if (request.isMultipart()) {
    for await (const part of request.parts()) {
      if (part.type === 'field') add(fields, part.fieldname, String(part.value))
      else await readPhoto(part, photos, complaints)
    }
  } else if (typeof request.body === 'object' && request.body !== null) {
    Object.assign(fields, request.body)
  }
  const reader = new FormReader(fields as Form)
  const client = await findClient(hub, reader)
  for (const complaint of complaints) reader.complain(complaint)
  return { reader, photos, client }
}

function add(fields: Record<string, string | string[]>, name: string, value: string): void {
  const before = fields[name]
  fields[name] = before === undefined ? value : [before, value].flat()
}

async function readPhoto(part: MultipartFile, photos: Photo[], complaints: string[]): Promise<void> {
  const bytes = await part.toBuffer()
  const name = (part.filename || 'foto').slice(0, 200)
  if (bytes.length === 0 && !part.filename) return
  if (part.file.truncated) complaints.push('media: foto melebihi 10 MB')
  else if (!sniff(bytes.subarray(0, 16))?.startsWith('image/'))
    complaints.push('media: bukan foto JPEG, PNG, atau WebP')
  else photos.push({ name, bytes })
}

async function findClient(hub: Hub, reader: FormReader): Promise<string | null> {
  const key = reader.get('api_key')
  if (!key) {
    reader.complain('api_key: wajib diisi', 403)
    return null
  }
  const [row] = await hub.db.q<{ name: string }>('select name from api_keys where key_hash = $1', [
    sha256(key),
  ])
  if (!row) reader.complain('api_key: kunci tidak dikenal', 403)
  return row?.name ?? null
}
