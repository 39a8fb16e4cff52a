import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { TriageInput } from '@shared/ipc/contract.ts'
import { useCommand } from '../../bridge/use-call.ts'
import { useSay } from '../../components/toast.tsx'

/** A triage act without the report it belongs to. */
export type Act = TriageInput extends infer T
  ? T extends { reportId: string }
    ? Omit<T, 'reportId'>
    : never
  : never

/** Queues an act on a report, says so with Urungkan, and keeps a refusal for the form to show. */
export function useTriage(reportId: string, onDone: () => void) {
  const { t } = useTranslation('report')
  const { sayQueued } = useSay()
  const { mutate, error, isPending } = useCommand('reports.triage')
  const act = (input: Act) =>
    mutate({ ...input, reportId } as TriageInput, {
      onSuccess: (queued) => {
        // The form is gone before "done" is said: it would swallow the next key, which is meant for the report.
        flushSync(onDone)
        sayQueued(t(`done.${input.action}`), queued)
      },
    })
  return { act, error, busy: isPending }
}
