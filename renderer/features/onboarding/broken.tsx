import { useQueryClient } from '@tanstack/react-query'
import { DatabaseBackup, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorCode } from '@shared/ipc/errors.ts'
import type { AppStatus } from '@shared/ipc/views.ts'
import { useCommand } from '../../bridge/use-call.ts'
import { Button } from '../../components/button.tsx'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'

const REBUILDABLE: readonly ErrorCode[] = ['db_corrupt', 'wrong_key']

/** The data cannot be opened: what happened, what is safe, what to do, the code, and the one way out that is allowed. */
export function Broken({ status }: { status: AppStatus }) {
  const { t } = useTranslation(['onboarding', 'errors', 'common'])
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const rebuild = useCommand('setup.rebuild')
  const recheck = useCommand('setup.recheck')
  const code = ErrorCode.catch('internal').parse(status.problem?.code)
  return (
    <div className="stack" role="alert">
      <h1>{t('brokenTitle')}</h1>
      <dl className="broken">
        <dt>{t('whatHappened')}</dt>
        <dd>{t(`errors:${code}.what`)}</dd>
        <dt>{t('whatIsSafe')}</dt>
        <dd>{t(`errors:${code}.safe`)}</dd>
        <dt>{t('whatToDo')}</dt>
        <dd>{t(`errors:${code}.todo`)}</dd>
        {status.problem?.detail ? (
          <>
            <dt>{t('place')}</dt>
            <dd className="broken-path">{status.problem.detail}</dd>
          </>
        ) : null}
      </dl>
      <p className="secondary small">{t('common:codeToQuote', { code: status.problem?.code ?? code })}</p>
      <ErrorBanner error={rebuild.error ?? recheck.error} />
      <div className="row">
        {REBUILDABLE.includes(code) ? (
          <Button variant="primary" icon={DatabaseBackup} onPress={() => setAsking(true)}>
            {t('rebuild')}
          </Button>
        ) : null}
        <Button
          icon={RefreshCw}
          busy={recheck.isPending}
          onPress={() => recheck.mutate({}, { onSettled: () => void client.invalidateQueries() })}
        >
          {t('checkAgain')}
        </Button>
      </div>
      <ConfirmDialog
        title={t('rebuildTitle')}
        confirmLabel={t('rebuild')}
        isOpen={asking}
        busy={rebuild.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          rebuild.mutate(
            {},
            {
              onSettled: () => {
                setAsking(false)
                void client.invalidateQueries()
              },
            },
          )
        }
      >
        <p>{t('rebuildExplain')}</p>
      </ConfirmDialog>
    </div>
  )
}
