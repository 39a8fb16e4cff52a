import { useTranslation } from 'react-i18next'
import type { Recovery } from '@shared/ipc/views.ts'
import { useCommand } from '../bridge/use-call.ts'
import { Banner } from '../components/banner.tsx'
import { Button } from '../components/button.tsx'
import { useFormat } from '../components/format.ts'
import { useSay } from '../components/toast.tsx'

/** After damage or a cut: where the data came from, what was kept, what was not, until someone has read it. */
export function RecoveryBanner({ recovery }: { recovery: Recovery }) {
  const { t } = useTranslation('frame')
  const format = useFormat()
  const { sayError } = useSay()
  const seen = useCommand('setup.recoverySeen')
  const { acts, drafts, letters, reports, folder } = recovery
  const from = recovery.copyDay === null ? '' : format.date(recovery.copyDay)
  const kept: string[] = [t('recovery.acts', { count: acts }), t('recovery.drafts', { count: drafts })]
  if (letters > 0) kept.push(t('recovery.letters', { count: letters }))
  const back = recovery.redone > 0 ? t('recovery.redone', { count: recovery.redone }) : ''
  return (
    <div className="frame-recovery">
      <Banner
        live
        tone={isWhole(recovery) ? 'info' : 'warning'}
        title={t(`recovery.${titleOf(recovery)}`, { day: from })}
        action={
          <Button busy={seen.isPending} onPress={() => seen.mutate({}, { onError: sayError })}>
            {t('recovery.seen')}
          </Button>
        }
      >
        <p>
          {acts + drafts + letters === 0
            ? t('recovery.keptNone')
            : t('recovery.kept', { list: kept.join(', ') })}{' '}
          {back}
        </p>
        {reports.length > 0 ? <p>{t('recovery.reports', { list: reports.join(', ') })}</p> : null}
        {notKept(recovery).map(({ key, count }) => (
          <p key={key}>{t(`recovery.${key}`, { count, day: from })}</p>
        ))}
        {folder ? <p>{t('recovery.folder', { folder })}</p> : null}
      </Banner>
    </div>
  )
}

/** A copy without the journal is not called "copy and journal". */
const titleOf = ({ rung, journal }: Recovery) => (rung === 'copy' && !journal ? 'copyAlone' : rung)

const isWhole = (recovery: Recovery) => notKept(recovery).some(({ key }) => key === 'nothingLost')

type NotKept =
  'lost' | 'noJournal' | 'noJournalHub' | 'files' | 'onlyJournal' | 'audit' | 'log' | 'nothingLost'

/** What cannot be given back, in the order of its weight; "nothing" is said too. */
function notKept(recovery: Recovery) {
  const { lost, journal, rung, auditIntact, missingFiles, salvaged } = recovery
  const lines: { key: NotKept; count: number }[] = []
  if (lost > 0) lines.push({ key: 'lost', count: lost })
  if (!journal && rung !== 'wal')
    lines.push({ key: rung === 'copy' ? 'noJournal' : 'noJournalHub', count: 0 })
  if (missingFiles > 0) lines.push({ key: 'files', count: missingFiles })
  if (!salvaged) lines.push({ key: 'onlyJournal', count: 0 })
  if (!auditIntact) lines.push({ key: 'audit', count: 0 })
  if (lines.length === 0) lines.push({ key: 'nothingLost', count: 0 })
  // Which reports were opened and how the link was: the one thing that only the database holds.
  if (rung !== 'wal') lines.push({ key: 'log', count: 0 })
  return lines
}
