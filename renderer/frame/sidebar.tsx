import {
  AlarmClock,
  BookText,
  Inbox,
  MailOpen,
  MessageCircleReply,
  Send,
  Settings,
  Sparkles,
  Stamp,
  Undo2,
  UserRound,
  CircleCheck,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { AppStatus, InboxView } from '@shared/ipc/views.ts'
import { useCall } from '../bridge/use-call.ts'
import { useFormat } from '../components/format.ts'
import { go, useLocation, type PlaceName } from '../navigation.ts'
import { SyncBadge } from './sync-badge.tsx'

interface Entry {
  icon: LucideIcon
  place: PlaceName
  view?: InboxView
  tone?: 'amber' | 'red'
}

const VIEWS: readonly Entry[] = [
  { icon: Inbox, place: 'inbox', view: 'all' },
  { icon: Sparkles, place: 'inbox', view: 'new' },
  { icon: AlarmClock, place: 'inbox', view: 'due_today', tone: 'amber' },
  { icon: TriangleAlert, place: 'inbox', view: 'late', tone: 'red' },
  { icon: Stamp, place: 'approval' },
  { icon: Undo2, place: 'inbox', view: 'returned', tone: 'amber' },
  { icon: MessageCircleReply, place: 'inbox', view: 'citizen_replied' },
  { icon: Send, place: 'inbox', view: 'awaiting_approval' },
  { icon: UserRound, place: 'inbox', view: 'mine' },
  { icon: CircleCheck, place: 'inbox', view: 'closed' },
]
const PAPERS: readonly Entry[] = [
  { icon: MailOpen, place: 'letters' },
  { icon: BookText, place: 'register' },
  { icon: Settings, place: 'settings' },
]

/** The places of the desk, each with its true count, and the sync state in words. */
export function Sidebar({ status }: { status: AppStatus }) {
  const { t } = useTranslation('frame')
  const { data: counts } = useCall('reports.counts', {})
  const countOf = ({ place, view }: Entry) => {
    if (!counts) return null
    if (place === 'approval') return counts.replyQueue + counts.proposals
    return view ? counts.views[view] : null
  }
  return (
    <nav className="sidebar" aria-label={t('places')}>
      <div className="sidebar-agency" title={status.agency?.name}>
        <span>{status.agency?.shortName ?? t('appName')}</span>
        {status.practice ? (
          <span className="practice-mark" title={t('practiceMeaning')}>
            {t('practice')}
          </span>
        ) : null}
      </div>
      <ul className="sidebar-list">
        {VIEWS.map((entry) => (
          <PlaceRow key={entry.view ?? entry.place} entry={entry} count={countOf(entry)} />
        ))}
      </ul>
      <ul className="sidebar-list sidebar-papers">
        {PAPERS.map((entry) => (
          <PlaceRow key={entry.place} entry={entry} count={null} />
        ))}
      </ul>
      <SyncBadge />
    </nav>
  )
}

function PlaceRow({ entry, count }: { entry: Entry; count: number | null }) {
  const { t } = useTranslation('frame')
  const format = useFormat()
  const location = useLocation()
  const view = location.params.view ?? 'all'
  const here = location.place === entry.place && (entry.view === undefined || entry.view === view)
  const name = t(`place.${entry.view ?? (entry.place as Exclude<PlaceName, 'inbox'>)}`)
  const Icon = entry.icon
  return (
    <li>
      <button
        type="button"
        className="sidebar-place"
        aria-current={here ? 'page' : undefined}
        onClick={() => go(entry.place, entry.view ? { view: entry.view } : {})}
      >
        <Icon size="1.15em" strokeWidth={1.75} aria-hidden />
        <span className="sidebar-name">{name}</span>
        {count === null ? null : (
          <span className={`sidebar-count${count > 0 && entry.tone ? ` tone-${entry.tone}` : ''}`}>
            {format.number(count)}
          </span>
        )}
      </button>
    </li>
  )
}
