import { Combine, UserRoundCheck, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Input } from '@shared/ipc/contract.ts'
import type { ReportSummary } from '@shared/ipc/views.ts'
import { useCall } from '../../bridge/use-call.ts'
import { Banner } from '../../components/banner.tsx'
import { Button } from '../../components/button.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { useSay } from '../../components/toast.tsx'
import { runEach, type Refused } from './bulk-run.ts'

interface BulkBarProps {
  ids: readonly string[]
  rows: readonly ReportSummary[]
  /** Keeps only these ticked. */
  onKeep: (ids: readonly string[]) => void
}

/** What can be done to several reports at once; each stays an act of its own in the outbox, with its own result. */
export function BulkBar({ ids, rows, onKeep }: BulkBarProps) {
  const { t } = useTranslation(['inbox', 'errors'])
  const { say } = useSay()
  const { data: status } = useCall('app.status', {})
  const [refused, setRefused] = useState<readonly Refused[]>([])
  const [busy, setBusy] = useState(false)
  const me = status?.person?.id ?? null

  const run = async (
    acts: readonly Input<'reports.triage'>[],
    done: (count: number) => string,
    lead: readonly string[] = [],
  ) => {
    setBusy(true)
    const failed = await runEach(acts)
    setBusy(false)
    setRefused(failed)
    if (failed.length < acts.length) say(done(acts.length - failed.length))
    // What was refused stays ticked, to be tried otherwise.
    onKeep(failed.length > 0 ? [...lead, ...failed.map(({ id }) => id)] : [])
  }
  const assign = () =>
    run(
      ids.map((reportId) => ({ reportId, action: 'assign', payload: { assigneeId: me } })),
      (count) => t('doneAssign', { count }),
    )
  const group = async () => {
    const ticked = rows
      .filter((row) => ids.includes(row.id))
      .toSorted((a, b) => a.requestedAt - b.requestedAt)
    const [lead, ...members] = ticked
    if (!lead) return
    await run(
      members.map(({ id }) => ({ reportId: id, action: 'group', payload: { leadId: lead.id } })),
      // The report the others were grouped under counts too.
      (count) => t('doneGroup', { count: count + 1 }),
      [lead.id],
    )
  }
  return (
    <>
      <div className="inbox-bulk" role="toolbar" aria-label={t('ticked', { count: ids.length })}>
        <span className="inbox-total">{t('ticked', { count: ids.length })}</span>
        <Button size="small" icon={UserRoundCheck} busy={busy} onPress={() => void assign()}>
          {t('assignToMe')}
        </Button>
        <Button
          size="small"
          icon={Combine}
          busy={busy}
          refusal={ids.length < 2 ? t('needTwo') : undefined}
          onPress={() => void group()}
        >
          {t('groupTicked')}
        </Button>
        <IconButton icon={X} label={t('tickOff')} onPress={() => onKeep([])} />
      </div>
      {refused.length > 0 ? (
        <div className="inbox-message">
          <Banner live tone="warning" title={t('bulkRefused', { count: refused.length })}>
            <ul>
              {refused.map(({ id, code }) => {
                const row = rows.find((one) => one.id === id)
                return (
                  <li key={id}>
                    {row ? `${row.number} · ${row.subject}: ` : ''}
                    {t(`errors:${code}.what`)}
                  </li>
                )
              })}
            </ul>
          </Banner>
        </div>
      ) : null}
    </>
  )
}
