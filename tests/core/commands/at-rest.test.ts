import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { draftLetter } from '../../../electron/core/commands/draft-letter.ts'
import { issueLetter } from '../../../electron/core/commands/issue-letter.ts'
import { pickAttachments } from '../../../electron/core/commands/pick-attachments.ts'
import { saveDraft } from '../../../electron/core/commands/save-draft.ts'
import { triageReport } from '../../../electron/core/commands/triage-report.ts'
import { listReports } from '../../../electron/core/queries/report-list.ts'
import { makeDesk } from '../make-desk.ts'
import { filterOf, leaseChange, realPrinter, replyChange, replyTo } from '../office.ts'
import { idOf, reportChanges } from '../sample.ts'

const CANARY = 'KANARI9109010101900001'

test("no byte a desk writes holds a citizen's words in the clear, nor does its log", async () => {
  // Verifies PRIV-01
  const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(CANARY)])
  const reporter = { name: `Nama ${CANARY}`, phone: CANARY, email: null }
  const t = makeDesk({
    pickFiles: () => Promise.resolve([{ name: `${CANARY}.jpg`, bytes: photo }]),
    changes: [
      ...reportChanges(1, { subject: CANARY, body: CANARY, reporter }, { state: 'verified' }),
      replyChange(replyTo(1, { state: 'published', body: CANARY })),
      leaseChange(1, 5),
    ],
  })
  realPrinter(t)
  const { added } = await pickAttachments(t.desk)
  saveDraft(t.desk, {
    draftId: null,
    reportId: idOf(1),
    kind: 'final',
    body: CANARY,
    attachments: added,
    replyId: null,
  })
  triageReport(t.desk, { reportId: idOf(1), action: 'note', payload: { text: CANARY } })
  const order = {
    kind: 'reply' as const,
    reportId: idOf(1),
    replyId: replyTo(1).id,
    dispositionId: null,
    paper: null,
    date: null,
  }
  await draftLetter(t.desk, order).then((draft) => issueLetter(t.desk, draft.id))
  expect(listReports(t.desk, filterOf({ q: CANARY })).total).toBe(1)
  const files = readdirSync(t.host.dataDir, { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  )
  expect(files.length).toBeGreaterThan(3)
  for (const file of files)
    expect([file.name, readFileSync(join(file.parentPath, file.name)).includes(CANARY)]).toEqual([
      file.name,
      false,
    ])
  expect(JSON.stringify(t.host.logs)).not.toContain(CANARY)
  // The audit chain names ids only, so that a purge needs no hole in it.
  expect(JSON.stringify(t.db.all('SELECT * FROM audit'))).not.toContain(CANARY)
})
