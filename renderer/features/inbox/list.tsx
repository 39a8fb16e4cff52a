import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../components/format.ts'
import type { Line } from './lines.ts'
import { Row, rowDomId } from './row.tsx'

interface ListProps {
  lines: readonly Line[]
  total: number
  activeId: string | null
  openId: string | null
  isTicked: (id: string) => boolean
  rowHeight: number
  onOpen: (id: string) => void
  onTick: (id: string) => void
  /** Keys that belong to the list while it has the focus. */
  keys: Readonly<Record<string, () => void>>
  onNearEnd: () => void
}

const HEADING_SHARE = 0.62
const OVERSCAN = 8

/** The virtual list: only what is near the eye is in the page, whatever the mirror holds. */
export function List(props: ListProps) {
  const { lines, total, activeId, openId, isTicked, rowHeight, onOpen, onTick, keys, onNearEnd } = props
  const { t } = useTranslation('inbox')
  const format = useFormat()
  const scroller = useRef<HTMLDivElement>(null)
  const heading = Math.round(Math.max(rowHeight, 48) * HEADING_SHARE)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.kind === 'heading' ? heading : rowHeight),
    getItemKey: (index) => keyOf(lines[index]),
    overscan: OVERSCAN,
  })
  const items = virtual.getVirtualItems()
  const lastShown = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (lastShown >= lines.length - OVERSCAN) onNearEnd()
  }, [lastShown, lines.length, onNearEnd])
  // A change of density or text size makes every height wrong.
  useEffect(() => virtual.measure(), [virtual, rowHeight])

  // Keys work at once; a field that has the focus keeps it.
  useEffect(() => {
    if (document.activeElement === document.body) scroller.current?.focus({ preventScroll: true })
  }, [])

  const activeLine = lines.findIndex((line) => line.kind === 'report' && line.row.id === activeId)
  useEffect(() => {
    if (activeLine >= 0) virtual.scrollToIndex(activeLine <= 1 ? 0 : activeLine)
    // Only a move of the active report scrolls, not a refresh of the rows.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [activeId])

  const activeShown = activeId !== null && items.some((item) => item.index === activeLine)
  return (
    <div
      ref={scroller}
      className="inbox-rows"
      role="listbox"
      tabIndex={0}
      aria-label={t('list')}
      aria-multiselectable
      aria-activedescendant={activeShown ? rowDomId(activeId) : undefined}
      onKeyDown={(event) => {
        const act = event.ctrlKey || event.altKey || event.metaKey ? undefined : keys[event.key]
        if (!act) return
        event.preventDefault()
        act()
      }}
    >
      <div className="inbox-spacer" role="presentation" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const line = lines[item.index]
          if (!line) return null
          const style = { height: item.size, transform: `translateY(${item.start}px)` }
          return (
            <div key={item.key} className="inbox-line" role="presentation" style={style}>
              {line.kind === 'heading' ? (
                <div className={`inbox-heading heading-${line.group}`} aria-hidden>
                  {t(`group.${line.group}`)}
                  {line.count === null ? null : <span> {format.number(line.count)}</span>}
                </div>
              ) : (
                <Row
                  row={line.row}
                  index={line.index}
                  total={total}
                  active={line.row.id === activeId}
                  open={line.row.id === openId}
                  ticked={isTicked(line.row.id)}
                  onOpen={onOpen}
                  onTick={onTick}
                />
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

const keyOf = (line: Line | undefined): string =>
  !line ? 'none' : line.kind === 'heading' ? `heading-${line.group}` : line.row.id
