import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { MAX_ATTACHMENT_BYTES } from '@shared/domain/report.ts'
import { dropFile } from '../../../electron/core/archive/drop-file.ts'
import { fileType } from '../../../electron/core/archive/file-type.ts'
import { readAttachment } from '../../../electron/core/archive/read-file.ts'
import { sha256Of } from '../../../electron/core/archive/seal.ts'
import { sealedPath } from '../../../electron/core/archive/sealed-files.ts'
import { storeFile } from '../../../electron/core/archive/store-file.ts'
import { pickAttachments } from '../../../electron/core/commands/pick-attachments.ts'
import { saveAttachment } from '../../../electron/core/commands/save-attachment.ts'
import { saveDraft } from '../../../electron/core/commands/save-draft.ts'
import { submitReply } from '../../../electron/core/commands/submit-reply.ts'
import type { PickedFile } from '../../../electron/core/host.ts'
import { makeDesk } from '../make-desk.ts'
import { idOf, reportChanges } from '../sample.ts'

const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])
const heads = {
  'image/jpeg': JPEG,
  'image/png': Buffer.from('89504e470d0a1a0a00', 'hex'),
  'image/webp': Buffer.from('RIFF\0\0\0\0WEBPVP8 ', 'latin1'),
  'application/pdf': Buffer.from('%PDF-1.7\n'),
}
const picking = (...files: PickedFile[]) =>
  makeDesk({ pickFiles: () => Promise.resolve(files), changes: reportChanges(1, {}, { state: 'verified' }) })
const code = (name: string) => expect.objectContaining({ code: name })

test('a type is told by the first bytes, never by the name', () => {
  for (const [mime, bytes] of Object.entries(heads)) expect(fileType(bytes)).toBe(mime)
  for (const bytes of ['', 'MZ', '<svg xmlns=', 'GIF89a', 'RIFF\0\0\0\0WAVE', 'x%PDF-', '\xff\xd8'])
    expect(fileType(Buffer.from(bytes, 'latin1'))).toBeNull()
})

test('picked files are kept encrypted until the hub has them; the others are named with what is wrong', async () => {
  const secret = Buffer.concat([JPEG, Buffer.from('KANARI-NIK-9109010101900001')])
  const t = picking(
    { name: 'foto.jpg', bytes: secret },
    { name: 'program.jpg', bytes: Buffer.from('MZ') },
    {
      name: 'besar.pdf',
      bytes: Buffer.concat([heads['application/pdf'], Buffer.alloc(MAX_ATTACHMENT_BYTES)]),
    },
    { name: 'kosong.png', bytes: Buffer.alloc(0) },
    { name: 'hilang.jpg', bytes: null },
  )
  const { added, refused } = await pickAttachments(t.desk)
  expect(added).toEqual([
    { sha256: sha256Of(secret), mime: 'image/jpeg', size: secret.length, name: 'foto.jpg' },
  ])
  expect(refused).toEqual([
    { name: 'program.jpg', code: 'unsupported_file' },
    { name: 'besar.pdf', code: 'too_large' },
    { name: 'kosong.png', code: 'unsupported_file' },
    { name: 'hilang.jpg', code: 'unreadable' },
  ])
  expect(t.db.get('SELECT state FROM attachments')).toEqual({ state: 'to_upload' })
  expect(readAttachment(t.desk, added[0]!.sha256)).toEqual({ mime: 'image/jpeg', bytes: secret })
  const onDisk = readFileSync(sealedPath(t.host.dataDir, added[0]!.sha256))
  expect(onDisk.includes('KANARI')).toBe(false)
  expect(readdirSync(join(t.host.dataDir, 'lampiran', added[0]!.sha256.slice(0, 2)))).toEqual([
    added[0]!.sha256,
  ])
})

test('a file that was swapped, cut or lost reads as not here, and storing it again heals it', () => {
  const t = picking()
  const [a, b] = ['satu', 'dua'].map((text) =>
    storeFile(
      t.desk,
      { name: 'x.jpg', mime: 'image/jpeg', bytes: Buffer.concat([JPEG, Buffer.from(text)]) },
      'here',
    ),
  )
  const path = sealedPath(t.host.dataDir, a!.sha256)
  for (const damaged of [
    readFileSync(sealedPath(t.host.dataDir, b!.sha256)),
    readFileSync(path).subarray(0, 20),
    Buffer.alloc(0),
  ]) {
    writeFileSync(path, damaged)
    expect(readAttachment(t.desk, a!.sha256)).toBeNull()
  }
  storeFile(
    t.desk,
    { name: 'x.jpg', mime: 'image/jpeg', bytes: Buffer.concat([JPEG, Buffer.from('satu')]) },
    'to_upload',
  )
  expect(readAttachment(t.desk, a!.sha256)).not.toBeNull()
  expect(readAttachment(t.desk, 'f'.repeat(64))).toBeNull()
})

test('the same bytes twice are one file, and a file that comes down from the hub stays "here"', () => {
  const t = picking()
  const file = { name: 'a.jpg', mime: 'image/jpeg' as const, bytes: JPEG }
  t.db.run(
    `INSERT INTO attachments (sha256, mime, size, name, state, file_key, added_at) VALUES (?, 'image/jpeg', 7, 'a.jpg', 'wanted', NULL, 0)`,
    sha256Of(JPEG),
  )
  storeFile(t.desk, file, 'here')
  storeFile(t.desk, { ...file, name: 'b.jpg' }, 'to_upload')
  expect(t.db.all('SELECT state, name FROM attachments')).toEqual([{ state: 'here', name: 'a.jpg' }])
})

test('a folder that cannot be written refuses with a code and leaves no row', () => {
  const t = picking()
  // A file where the folder should be: fails for every user, root too.
  writeFileSync(join(t.host.dataDir, 'lampiran'), '')
  expect(() => storeFile(t.desk, { name: 'a', mime: 'image/jpeg', bytes: JPEG }, 'to_upload')).toThrow()
  expect(t.db.get('SELECT 1 FROM attachments')).toBeUndefined()
  mkdirSync(join(t.host.dataDir, 'x'))
})

test('a file in use is not dropped; one that nothing names is', () => {
  const t = picking()
  const ref = storeFile(t.desk, { name: 'a.jpg', mime: 'image/jpeg', bytes: JPEG }, 'to_upload')
  const draft = saveDraft(t.desk, {
    draftId: null,
    reportId: idOf(1),
    kind: 'final',
    body: 'x',
    attachments: [ref],
    replyId: null,
  })
  dropFile(t.desk, ref.sha256)
  expect(readAttachment(t.desk, ref.sha256)).not.toBeNull()
  t.db.run('DELETE FROM drafts WHERE id = ?', draft.id)
  dropFile(t.desk, ref.sha256)
  expect(readAttachment(t.desk, ref.sha256)).toBeNull()
})

test('an answer cannot name a file this desk does not have', () => {
  const t = picking()
  const ref = { sha256: 'a'.repeat(64), mime: 'image/jpeg' as const, size: 7, name: 'a.jpg' }
  const draft = saveDraft(t.desk, {
    draftId: null,
    reportId: idOf(1),
    kind: 'final',
    body: 'x',
    attachments: [ref],
    replyId: null,
  })
  expect(() => submitReply(t.desk, draft.id)).toThrow(code('bad_input'))
})

test('saving a file outside is recorded; one that is not here says so', async () => {
  const t = picking()
  const { sha256 } = storeFile(t.desk, { name: 'a.jpg', mime: 'image/jpeg', bytes: JPEG }, 'here')
  expect(await saveAttachment(t.desk, { sha256, name: 'a.jpg' })).toEqual({ saved: true })
  expect(t.db.get('SELECT action, subject_id FROM audit')).toEqual({
    action: 'attachment.save_as',
    subject_id: sha256,
  })
  await expect(saveAttachment(t.desk, { sha256: 'f'.repeat(64), name: 'b' })).rejects.toThrow(
    code('not_downloaded'),
  )
})
