import { useCallback, useMemo, type ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../bridge/use-call.ts'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { useHotkeys } from '../../components/hotkeys.ts'
import { Skeleton } from '../../components/skeleton.tsx'
import { showHere, useLocation } from '../../navigation.ts'
import { Brief } from './brief.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { choicesOf, filterOf } from './filter.ts'
import { linesOf } from './lines.ts'
import { Indexing } from './indexing.tsx'
import { List } from './list.tsx'
import { Nothing } from './nothing.tsx'
import { ActiveChoices, Toolbar } from './toolbar.tsx'
import { useActive } from './use-active.ts'
import { useReports } from './use-reports.ts'
import { useTicks } from './use-ticks.ts'
import './inbox.css'

interface InboxProps {
  /** The open report; given from outside because features do not know one another. */
  detail: ComponentType<{ reportId: string; onBack: () => void }>
}

const ROW_PX = { comfortable: 56, compact: 40 } as const
const PAGE_STEP = 8
const back = () => {
  showHere({ report: '' })
  document.querySelector<HTMLElement>('.inbox-rows')?.focus()
}

/** The inbox: list and report side by side, or the report over the list where it is narrow. */
export default function InboxScreen({ detail: Detail }: InboxProps) {
  const { t } = useTranslation('frame')
  const { params } = useLocation()
  const filter = useMemo(() => filterOf(params), [params])
  const openId = params.report ?? null
  const { rows, total, indexing, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useReports(filter)
  const { data: counts } = useCall('reports.counts', {})
  const { data: preferences } = useCall('app.preferences', {})
  const ticks = useTicks(rows)
  const { activeId, setActive, move } = useActive(rows, openId)

  const grouped = filter.sort === 'due' && !filter.q && !filter.descending
  // The counts are of the whole mirror: under a narrower list they would be untrue.
  const whole = filter.view === 'all' && choicesOf(filter) === 0
  const lines = useMemo(
    () => linesOf(rows, grouped, whole ? counts : undefined),
    [rows, grouped, whole, counts],
  )
  const rowHeight = Math.round(
    (ROW_PX[preferences?.density ?? 'comfortable'] * (preferences?.textSize ?? 100)) / 100,
  )

  const open = useCallback(
    (id: string) => {
      setActive(id)
      showHere({ report: id })
    },
    [setActive],
  )
  const nearEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  // With a report open beside the list, moving reads on.
  const step = (by: number) => {
    const id = move(by)
    if (id && openId) showHere({ report: id })
  }
  const openActive = () => {
    if (activeId) open(activeId)
  }
  useHotkeys({
    j: () => step(1),
    k: () => step(-1),
    o: openActive,
    x: () => activeId && ticks.toggle(activeId),
    Escape: () => (openId ? back() : ticks.clear()),
  })
  const listKeys: Record<string, () => void> = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    PageDown: () => step(PAGE_STEP),
    PageUp: () => step(-PAGE_STEP),
    Home: () => step(-rows.length),
    End: () => step(rows.length),
    Enter: openActive,
  }

  return (
    <div className="inbox">
      <h1 className="visually-hidden">{t(`place.${filter.view}`)}</h1>
      <div className="inbox-panes" data-open={openId ? 'true' : undefined}>
        <div className="inbox-list">
          {ticks.ids.length > 0 ? (
            <BulkBar ids={ticks.ids} rows={rows} onKeep={ticks.keep} />
          ) : (
            <Toolbar filter={filter} total={isPending || error ? null : total} counts={counts} />
          )}
          <ActiveChoices filter={filter} counts={counts} />
          {indexing ? <Indexing {...indexing} /> : null}
          {error ? (
            <div className="inbox-message">
              <ErrorBanner error={error} onRetry={() => void refetch()} />
            </div>
          ) : isPending ? (
            <Skeleton shape="row" count={9} />
          ) : rows.length === 0 ? (
            <Nothing filter={filter} />
          ) : (
            <List
              lines={lines}
              total={total}
              activeId={activeId}
              openId={openId}
              isTicked={ticks.isTicked}
              rowHeight={rowHeight}
              onOpen={open}
              onTick={ticks.toggle}
              keys={listKeys}
              onNearEnd={nearEnd}
            />
          )}
        </div>
        <div className="inbox-detail">
          {openId ? <Detail key={openId} reportId={openId} onBack={back} /> : <Brief counts={counts} />}
        </div>
      </div>
    </div>
  )
}
