import { expect, test } from 'vitest'
import { chooseDraft, draftsOfOthers } from '../../../renderer/features/reply/choose-draft.ts'
import type { Draft, ReplyView, ReportDetail } from '../../../shared/ipc/views.ts'

const draft = (part: Partial<Draft>): Draft =>
  ({
    id: 'd',
    kind: 'final',
    body: 'isi',
    attachments: [],
    authorId: 'me',
    savedAt: 1,
    replyId: null,
    ...part,
  }) as Draft
const reply = (part: Partial<ReplyView>): ReplyView =>
  ({
    id: 'r',
    kind: 'final',
    body: 'lama',
    attachments: [],
    authorId: 'me',
    state: 'returned',
    submittedAt: 5,
    ...part,
  }) as ReplyView
const detail = (part: { drafts?: Draft[]; replies?: ReplyView[]; met?: boolean }) =>
  ({
    drafts: part.drafts ?? [],
    replies: part.replies ?? [],
    response: { status: part.met ? 'met' : 'running' },
  }) as unknown as ReportDetail
const nothing = { kind: '', reply: '', draft: '' }

// Verifies DRAFT-01
test('my newest draft is continued, a colleague’s never', () => {
  const drafts = [
    draft({ id: 'old', savedAt: 1 }),
    draft({ id: 'new', savedAt: 9 }),
    draft({ id: 'hers', authorId: 'her', savedAt: 99 }),
  ]
  expect(chooseDraft(detail({ drafts }), 'me', nothing).draftId).toBe('new')
  expect(chooseDraft(detail({ drafts }), 'me', { ...nothing, draft: 'old' }).draftId).toBe('old')
  expect(chooseDraft(detail({ drafts }), 'me', { ...nothing, draft: 'hers' }).draftId).toBeNull()
  expect(draftsOfOthers(drafts, 'me').map((d) => d.id)).toEqual(['hers'])
})

test('a returned answer starts a draft from its own text', () => {
  expect(chooseDraft(detail({ replies: [reply({})] }), 'me', nothing)).toMatchObject({
    body: 'lama',
    replyId: 'r',
    draftId: null,
  })
})

test('a draft that already continues the returned answer goes first', () => {
  const start = chooseDraft(
    detail({ replies: [reply({})], drafts: [draft({ id: 'cont', replyId: 'r' })] }),
    'me',
    { ...nothing, reply: 'r' },
  )
  expect(start.draftId).toBe('cont')
})

test('an answer returned long ago and sent again since is not started anew', () => {
  const replies = [reply({}), reply({ id: 'r2', state: 'submitted', submittedAt: 8 })]
  expect(chooseDraft(detail({ replies }), 'me', nothing).body).toBe('')
})

test('a colleague’s returned answer becomes an answer of my own', () => {
  const start = chooseDraft(detail({ replies: [reply({ authorId: 'her' })] }), 'me', {
    ...nothing,
    reply: 'r',
  })
  expect(start).toMatchObject({ body: 'lama', replyId: null })
})

test('an empty page proposes the kind that the clocks ask for', () => {
  expect(chooseDraft(detail({}), 'me', nothing).kind).toBe('acknowledgement')
  expect(chooseDraft(detail({ met: true }), 'me', nothing).kind).toBe('final')
  expect(chooseDraft(detail({ met: true }), 'me', { ...nothing, kind: 'acknowledgement' }).kind).toBe(
    'acknowledgement',
  )
})
