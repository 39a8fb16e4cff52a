import { expect, test } from 'vitest'
import { letterGroups } from '../../../renderer/features/letters/letter-groups.ts'
import { newLetterOf } from '../../../renderer/features/letters/use-new-letter.ts'
import type { LetterView } from '../../../shared/ipc/views.ts'

test('the address of the screen says which letter to make', () => {
  expect(newLetterOf({ kind: 'reply', report: 'r', reply: 'p' })).toEqual({
    kind: 'reply',
    reportId: 'r',
    replyId: 'p',
    dispositionId: null,
    paper: null,
    date: null,
  })
})

test('nothing is made for an open letter, an unknown kind or no report', () => {
  expect(newLetterOf({ kind: 'reply', report: 'r', letter: 'l' })).toBeNull()
  expect(newLetterOf({ kind: 'memo', report: 'r' })).toBeNull()
  expect(newLetterOf({ kind: 'reply' })).toBeNull()
})

test('letters that still need work come first', () => {
  const letters = ['void', 'issued', 'draft', 'issued'].map((state, id) => ({
    id: String(id),
    state,
  })) as LetterView[]
  expect(letterGroups(letters).map((g) => [g.state, g.letters.length])).toEqual([
    ['draft', 1],
    ['issued', 2],
    ['void', 1],
  ])
})
