import { ArrowDownUp, ListFilter, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { ReportStateName } from '@shared/domain/report.ts'
import { Button } from '../../components/button.tsx'
import { CheckboxGroup } from '../../components/checkbox-group.tsx'
import { useFormat } from '../../components/format.ts'
import { IconButton } from '../../components/icon-button.tsx'
import { Select } from '../../components/select.tsx'
import { showHere } from '../../navigation.ts'
import { choicesOf, choose, clearChoices, SORT_NAMES, type Facet, type InboxFilter } from './filter.ts'
import type { Counts } from './lines.ts'

interface ToolbarProps {
  filter: InboxFilter
  /** Null while not known. */
  total: number | null
  counts: Counts | undefined
}

/** Above the list: how many, in which order, narrowed by what. */
export function Toolbar({ filter, total, counts }: ToolbarProps) {
  const { t } = useTranslation('inbox')
  const count = total === null ? '' : filter.q ? t('found', { count: total }) : t('total', { count: total })
  return (
    <div className="inbox-toolbar">
      <span className="inbox-total" role="status">
        {count}
      </span>
      <FilterButton filter={filter} counts={counts} />
      <Select
        hideLabel
        label={t('sortBy')}
        value={filter.q && filter.sort === 'due' ? 'newest' : filter.sort}
        options={SORT_NAMES.map((name) => ({ id: name, label: t(`sort.${name}`) }))}
        onChange={(sort) => showHere({ sort: sort === 'due' ? '' : sort, descending: '' })}
      />
      <IconButton
        icon={ArrowDownUp}
        label={t('reverse')}
        onPress={() => showHere({ descending: filter.descending ? '' : '1' })}
      />
    </div>
  )
}

function useFacets(counts: Counts | undefined) {
  const { t } = useTranslation(['inbox', 'common'])
  const format = useFormat()
  const withCount = (id: string, name: string, count: number) => ({
    id,
    label: `${name} · ${format.number(count)}`,
    name,
  })
  return {
    states: ReportStateName.options.map((id) => ({
      id,
      label: t(`common:state.${id}`),
      name: t(`common:state.${id}`),
    })),
    districts: (counts?.districts ?? []).map(({ name, count }) => withCount(name, name, count)),
    services: (counts?.services ?? []).map(({ code, name, count }) => withCount(code, name, count)),
  }
}

const FACETS = [
  ['states', 'filterState'],
  ['districts', 'filterDistrict'],
  ['services', 'filterService'],
] as const satisfies [Facet, string][]

function FilterButton({ filter, counts }: Omit<ToolbarProps, 'total'>) {
  const { t } = useTranslation('inbox')
  const facets = useFacets(counts)
  const active = choicesOf(filter)
  return (
    <DialogTrigger>
      <Button variant="quiet" icon={ListFilter}>
        {active > 0 ? t('filtersActive', { count: active }) : t('filter')}
      </Button>
      <Popover className="popover inbox-filters" placement="bottom start">
        <Dialog className="inbox-filters-body" aria-label={t('filter')}>
          {FACETS.map(([facet, title]) =>
            facets[facet].length > 0 ? (
              <CheckboxGroup
                key={facet}
                columns
                label={t(title)}
                options={facets[facet]}
                value={filter[facet]}
                onChange={(values) => choose(facet, values)}
              />
            ) : null,
          )}
          {active > 0 ? (
            <Button variant="quiet" onPress={clearChoices}>
              {t('clearFilters')}
            </Button>
          ) : null}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

/** What narrows the list now; each can be taken away. */
export function ActiveChoices({ filter, counts }: Omit<ToolbarProps, 'total'>) {
  const { t } = useTranslation('inbox')
  const facets = useFacets(counts)
  if (choicesOf(filter) === 0) return null
  return (
    <div className="inbox-choices">
      {FACETS.flatMap(([facet]) =>
        filter[facet].map((value) => {
          const name = facets[facet].find((option) => option.id === value)?.name ?? value
          return (
            <button
              key={`${facet}-${value}`}
              type="button"
              className="inbox-choice"
              aria-label={t('removeFilter', { name })}
              onClick={() =>
                choose(
                  facet,
                  filter[facet].filter((other) => other !== value),
                )
              }
            >
              {name}
              <X size="0.95em" aria-hidden />
            </button>
          )
        }),
      )}
    </div>
  )
}
