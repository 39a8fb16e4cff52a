import { ReportStateName } from '@shared/domain/report.ts'
import type { Input } from '@shared/ipc/contract.ts'
import { InboxView, ReportFilter } from '@shared/ipc/views.ts'
import { showHere, type Params } from '../../navigation.ts'

export type InboxFilter = Omit<Required<Input<'reports.list'>>, 'after' | 'limit'>
export type SortName = InboxFilter['sort']
/** The three lists of choices. */
export type Facet = 'states' | 'districts' | 'services'

export const SORT_NAMES = ReportFilter.shape.sort.unwrap().options
const SEPARATOR = '|'

const list = (value: string | undefined) => (value ? value.split(SEPARATOR) : [])

/** The filter that the location names; anything unknown in it is left out. */
export function filterOf(params: Params): InboxFilter {
  const states = list(params.states).filter((name) => ReportStateName.safeParse(name).success)
  return {
    view: InboxView.catch('all').parse(params.view),
    q: (params.q ?? '').slice(0, 300),
    states: states as ReportStateName[],
    districts: list(params.districts),
    services: list(params.services),
    sort: SORT_NAMES.find((name) => name === params.sort) ?? 'due',
    descending: params.descending === '1',
  }
}

/** How many choices narrow the list, apart from the view and the search. */
export const choicesOf = (filter: InboxFilter) =>
  filter.states.length + filter.districts.length + filter.services.length

/** Changes one list of choices in the location. */
export const choose = (facet: Facet, values: readonly string[]) =>
  showHere({ [facet]: values.join(SEPARATOR) })
/** Removes every choice, the view and the search stay. */
export const clearChoices = () => showHere({ states: '', districts: '', services: '' })
