import { Check, Flame, Paperclip, UploadCloud } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReportSummary } from '@shared/ipc/views.ts'
import { PrivacyChips } from '../../components/chip.tsx'
import { ClockLabel, useClockWords } from '../../components/clock-label.tsx'
import { Highlight } from './highlight.tsx'

interface RowProps {
  row: ReportSummary
  index: number
  total: number
  active: boolean
  open: boolean
  ticked: boolean
  onOpen: (id: string) => void
  onTick: (id: string) => void
}

/** The DOM id of a row, for aria-activedescendant. */
export const rowDomId = (id: string) => `report-row-${id}`

/** Two lines of a report: what it is about; where, how long, which state. */
export const Row = memo(function Row({ row, index, total, active, open, ticked, onOpen, onTick }: RowProps) {
  const { t } = useTranslation(['inbox', 'common'])
  const clock = useClockWords(row.clock)
  const reply = row.replyState && row.replyState !== 'published' ? t(`replyShort.${row.replyState}`) : null
  const state = reply ?? t(`stateShort.${row.state}`)
  const urgent = row.priority === 'urgent' || row.priority === 'high'
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the listbox has the focus and the keys
    <div
      id={rowDomId(row.id)}
      role="option"
      tabIndex={-1}
      aria-selected={ticked}
      aria-current={open || undefined}
      aria-posinset={index + 1}
      aria-setsize={total}
      className="inbox-row"
      data-active={active || undefined}
      data-open={open || undefined}
      data-unread={row.unread || undefined}
      data-ticked={ticked || undefined}
      title={clock.sentence}
      onClick={() => onOpen(row.id)}
    >
      <span
        className="row-tick"
        aria-hidden
        onClick={(event) => {
          event.stopPropagation()
          onTick(row.id)
        }}
      >
        <span className="row-box">
          <Check size="0.85em" strokeWidth={3} />
        </span>
      </span>
      <span className="row-line">
        <span className="row-subject">
          {row.subject}
          {row.unread ? <span className="visually-hidden">, {t('unread')}</span> : null}
        </span>
        {urgent ? (
          <span
            className={`row-icon row-${row.priority}`}
            title={t(row.priority === 'urgent' ? 'urgent' : 'high')}
          >
            <Flame size="1.05em" aria-hidden />
            <span className="visually-hidden">{t(row.priority === 'urgent' ? 'urgent' : 'high')}</span>
          </span>
        ) : null}
        <PrivacyChips anonymous={row.anonymous} confidential={row.confidential} />
      </span>
      <span className="row-line row-second">
        {row.snippet ? (
          <span className="row-where">
            <Highlight text={row.snippet} />
          </span>
        ) : (
          <span className="row-where row-places">
            <span className="row-service">{row.serviceName}</span>
            {row.district ? <span className="row-district"> · {row.district}</span> : null}
          </span>
        )}
        {row.attachmentCount > 0 ? (
          <span className="row-icon">
            <Paperclip size="1em" strokeWidth={1.75} aria-hidden />
            <span className="visually-hidden">{t('attachments', { count: row.attachmentCount })}</span>
          </span>
        ) : null}
        {row.pending ? (
          <span className="row-icon row-pending" title={t('common:pendingMeaning')}>
            <UploadCloud size="1.05em" strokeWidth={1.75} aria-hidden />
            <span className="visually-hidden">{t('common:pending')}</span>
          </span>
        ) : null}
        <span className="row-clock">
          <ClockLabel clock={row.clock} inList />
        </span>
        <span className="row-state" data-reply={row.replyState ?? undefined}>
          {state}
        </span>
      </span>
    </div>
  )
})
