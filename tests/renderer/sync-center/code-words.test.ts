import i18next, { type TFunction } from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { en, id } from '../../../renderer/i18n/catalogue.ts'
import { kindWords, reasonWords, resultWords } from '../../../renderer/features/sync-center/code-words.ts'
import { valueWords } from '../../../renderer/features/sync-center/conflict-value.ts'
import { mutationPayloads } from '../../../shared/sync/mutations.ts'

let t: TFunction<readonly ['sync-center', 'common']>
beforeAll(async () => {
  await i18next.init({
    lng: 'id',
    resources: { id, en },
    ns: ['sync-center', 'common'],
    defaultNS: 'sync-center',
  })
  t = i18next.getFixedT('id', ['sync-center', 'common']) as unknown as typeof t
})

test('every kind of mutation has a name of its own in both languages', () => {
  const names = Object.keys(mutationPayloads).map((kind) => kindWords(t, kind))
  expect(names).not.toContain(id['sync-center'].kind.other)
  expect(new Set(names).size).toBe(names.length)
  expect(kindWords(t, 'report.constructor')).toBe(id['sync-center'].kind.other)
  expect(kindWords(t, 'toString')).toBe(id['sync-center'].kind.other)
})

test('an unknown reason or result is named with its code, never hidden', () => {
  expect(reasonWords(t, 'brand_new')).toContain('brand_new')
  expect(resultWords(t, 'brand_new')).toContain('brand_new')
  expect(reasonWords(t, 'four_eyes')).not.toContain('four_eyes')
})

test('values of a conflict are said in words', () => {
  const names = {
    person: (key: string) => (key === 'p1' ? 'Yuliana Wenda' : null),
    date: (iso: string) => `tgl ${iso}`,
  }
  expect(valueWords(t, names, 'priority', 'urgent')).toBe('Mendesak')
  expect(valueWords(t, names, 'state', 'referral_proposed')).toBe(id.common.state.referral_proposed)
  expect(valueWords(t, names, 'state', 'withdrawn')).toBe(id.common.replyState.withdrawn)
  expect(valueWords(t, names, 'anonymous', true)).toBe('Ya')
  expect(valueWords(t, names, 'assigneeId', 'p1')).toBe('Yuliana Wenda')
  expect(valueWords(t, names, 'reviewOn', '2027-01-04')).toBe('tgl 2027-01-04')
  expect(valueWords(t, names, 'unit', null)).toBe('kosong')
  expect(valueWords(t, names, 'proposal', { kind: 'archive' })).toContain('archive')
})
