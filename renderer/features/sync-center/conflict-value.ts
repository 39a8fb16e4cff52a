import type { TFunction } from 'i18next'
import commonId from '../../i18n/id/common.ts'

type Words = TFunction<readonly ['sync-center', 'common']>

/** Who and when as people read them, for values that are ids and instants. */
export interface ValueNames {
  person: (id: string) => string | null
  date: (iso: string) => string
}

/** Catalogue tables that word a field's codes. `state` is a report's or an answer's; their names never coincide. */
const TABLES: Readonly<Record<string, readonly ('state' | 'replyState' | 'class' | 'priority')[]>> = {
  state: ['state', 'replyState'],
  class: ['class'],
  priority: ['priority'],
}

const isDate = (value: string) => /^\d{4}-\d{2}-\d{2}$/.test(value)

/** A field's value in words; what cannot be worded is shown as it is stored. */
export function valueWords(t: Words, names: ValueNames, field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return t('conflict.emptyValue')
  if (typeof value === 'boolean') return t(value ? 'common:yes' : 'common:no')
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map((one) => valueWords(t, names, field, one)).join(', ')
  if (typeof value !== 'string') return JSON.stringify(value)
  const table = TABLES[field]?.find((name) => Object.hasOwn(commonId[name], value))
  if (table) return t(`common:${table as 'state'}.${value as 'received'}`)
  if (isDate(value)) return names.date(value)
  return names.person(value) ?? value
}

/** Fields an act only reads: what it was made on, not something it sets. */
const READ_ONLY = new Set(['state', 'reportVersion', 'anonymous', 'confidential', 'hash'])

/** My side of a conflict. An act that only read a field has no value of its own for it. */
export const mineWords = (t: Words, names: ValueNames, field: string, value: unknown): string =>
  (value === null || value === undefined) && READ_ONLY.has(field)
    ? t('conflict.asRead')
    : valueWords(t, names, field, value)
