import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { call } from '../../bridge/call.ts'
import type { InboxFilter } from './filter.ts'

const PAGE = 60

/** The rows of a filter, page after page. The key begins with the method so that topics find it. */
export function useReports(filter: InboxFilter) {
  const query = useInfiniteQuery({
    queryKey: ['reports.list', filter],
    queryFn: ({ pageParam }) => call('reports.list', { ...filter, after: pageParam, limit: PAGE }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  const first = query.data?.pages[0]
  return { ...query, rows, total: first?.total ?? 0, indexing: first?.indexing ?? null }
}
