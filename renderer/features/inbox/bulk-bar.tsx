import { Combine, UserRoundCheck, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ReportSummary } from '@shared/ipc/views.ts'
import { call } from '../../bridge/call.ts'
import { useCall } from '../../bridge/use-call.ts'
import { Button } from '../../components/button.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { useSay } from '../../components/toast.tsx'

interface BulkBarProps {
  ids: readonly string[]
  rows: readonly ReportSummary[]
  onDone: () => void
}

/** What can be done to several reports at once; each stays an act of its own in the outbox. */
export function BulkBar({ ids, rows, onDone }: BulkBarProps) {
  const { t } = useTranslation('inbox')
  const { say, sayError } = useSay()
  const { data: status } = useCall('app.status', {})
  const me = status?.person?.id ?? null

  const assign = async () => {
    for (const reportId of ids)
      await call('reports.triage', { reportId, action: 'assign', payload: { assigneeId: me } })
    say(t('doneAssign', { count: ids.length }))
  }
  const group = async () => {
    const ticked = rows
      .filter((row) => ids.includes(row.id))
      .toSorted((a, b) => a.requestedAt - b.requestedAt)
    const [lead, ...members] = ticked
    if (!lead) return
    for (const { id } of members)
      await call('reports.triage', { reportId: id, action: 'group', payload: { leadId: lead.id } })
    say(t('doneGroup', { count: ticked.length }))
  }
  const run = (work: () => Promise<void>) => () => void work().then(onDone, sayError)
  return (
    <div className="inbox-bulk" role="toolbar" aria-label={t('ticked', { count: ids.length })}>
      <span className="inbox-total">{t('ticked', { count: ids.length })}</span>
      <Button size="small" icon={UserRoundCheck} onPress={run(assign)}>
        {t('assignToMe')}
      </Button>
      <Button
        size="small"
        icon={Combine}
        refusal={ids.length < 2 ? t('needTwo') : undefined}
        onPress={run(group)}
      >
        {t('groupTicked')}
      </Button>
      <IconButton icon={X} label={t('tickOff')} onPress={onDone} />
    </div>
  )
}
