import { expect } from 'vitest'
import { makeDesk, type TestDesk } from '../make-desk.ts'
import { realPrinter, replyChange, replyTo } from '../office.ts'
import { idOf, reportChanges } from '../sample.ts'

export const code = (name: string) => expect.objectContaining({ code: name })
export const order = (n = 1) => ({
  kind: 'reply' as const,
  reportId: idOf(n),
  replyId: replyTo(n).id,
  dispositionId: null,
  paper: null,
  date: null,
})
export const answered = (n = 1, state: 'published' | 'submitted' = 'published') => [
  ...reportChanges(n, {}, { state: 'resolved' }),
  replyChange(replyTo(n, { state })),
]
export const outbox = ({ db }: TestDesk) =>
  db.all<{ kind: string; payload: string }>('SELECT kind, payload FROM outbox ORDER BY n')
export const audit = ({ db }: TestDesk) =>
  db.all<{ action: string }>('SELECT action FROM audit ORDER BY n').map((row) => row.action)

export function office(...changes: Parameters<TestDesk['feed']>[0][]) {
  const t = makeDesk({ changes: changes.flat() })
  return { t, printed: realPrinter(t) }
}
