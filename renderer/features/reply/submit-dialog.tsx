import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Report } from '@shared/domain/report.ts'
import type { Finding } from '@shared/ipc/views.ts'
import { call } from '../../bridge/call.ts'
import { useCommand } from '../../bridge/use-call.ts'
import { Banner } from '../../components/banner.tsx'
import { Button } from '../../components/button.tsx'
import { Checkbox } from '../../components/checkbox.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { useSay } from '../../components/toast.tsx'
import { blocking, findingContext } from './findings.ts'
import type { OpenDraft } from './use-draft.ts'

interface SubmitDialogProps {
  draft: OpenDraft
  report: Report
  flags: { anonymous: boolean; confidential: boolean }
  agencyName: string
  onClose: () => void
  onJump: (finding: Finding) => void
  onSent: () => void
}

type Step =
  | { name: 'preparing' }
  | { name: 'unsaved' }
  | { name: 'ready'; findings: readonly Finding[] }
  | { name: 'error'; error: unknown }

/** Saves what is written and checks exactly that text. */
async function saveAndCheck(draft: OpenDraft, reportId: string): Promise<Step> {
  try {
    if (!(await draft.flush()) || !draft.draftId()) return { name: 'unsaved' }
    return { name: 'ready', findings: await call('replies.check', { reportId, body: draft.content.body }) }
  } catch (error) {
    return { name: 'error', error }
  }
}

/** The privacy step before sending: saves, checks the saved text, shows each finding and who will read what. */
export function SubmitDialog({
  draft,
  report,
  flags,
  agencyName,
  onClose,
  onJump,
  onSent,
}: SubmitDialogProps) {
  const { t } = useTranslation('reply')
  const toast = useSay()
  const [step, setStep] = useState<Step>({ name: 'preparing' })
  const [looked, setLooked] = useState(false)
  const submit = useCommand('replies.submit')
  const { body } = draft.content

  useEffect(() => {
    let closed = false
    const prepare = async () => {
      const next = await saveAndCheck(draft, report.id)
      if (!closed) setStep(next)
    }
    void prepare()
    return () => {
      closed = true
    }
    // Once per opening: the text cannot change behind the dialog.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])

  const findings = step.name === 'ready' ? step.findings : []
  const blocked = step.name !== 'ready' || blocking(findings)
  const send = () => {
    const draftId = draft.draftId()
    if (!draftId) return
    submit.mutate(
      { draftId },
      {
        onSuccess: (queued) => {
          toast.sayQueued(t('submitted'), queued)
          onSent()
        },
      },
    )
  }
  const audience = flags.confidential ? 'confidential' : flags.anonymous ? 'anonymous' : 'public'
  return (
    <Dialog
      alert
      isOpen
      title={t('confirm.title')}
      onClose={onClose}
      actions={
        <>
          <Button
            variant="primary"
            busy={submit.isPending || step.name === 'preparing'}
            refusal={
              blocked ? t('checksRunning') : findings.length && !looked ? t('confirm.lookFirst') : undefined
            }
            onPress={send}
          >
            {t('confirm.send')}
          </Button>
          <Button variant="quiet" onPress={onClose}>
            {t('confirm.edit')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>
          {t('confirm.who', { agency: agencyName })} {t(`confirm.then.${audience}`)}
        </p>
        {step.name === 'unsaved' ? <Banner live tone="error" title={t('confirm.failed')} /> : null}
        {step.name === 'error' ? <ErrorBanner error={step.error} /> : null}
        <ErrorBanner error={submit.error} />
        {step.name === 'ready' && !findings.length ? (
          <Banner tone="success" title={t('confirm.clean')} />
        ) : null}
        {findings.length ? (
          <>
            <p>{t('confirm.found', { count: findings.length })}</p>
            <ul className="reply-confirm-list">
              {findings.map((finding) => (
                <ConfirmFinding
                  key={`${finding.code}-${finding.start}`}
                  body={body}
                  finding={finding}
                  onJump={() => {
                    onClose()
                    requestAnimationFrame(() => onJump(finding))
                  }}
                />
              ))}
            </ul>
            <Checkbox isSelected={looked} onChange={setLooked}>
              {t('confirm.looked')}
            </Checkbox>
          </>
        ) : null}
      </div>
    </Dialog>
  )
}

function ConfirmFinding({ body, finding, onJump }: { body: string; finding: Finding; onJump: () => void }) {
  const { t } = useTranslation('reply')
  const context = findingContext(body, finding)
  return (
    <li className="reply-confirm-finding">
      <div>
        <strong>{t(`finding.${finding.code}`)}</strong>
        <p>
          {context.before}
          <mark>{context.match}</mark>
          {context.after}
        </p>
        <p className="small secondary">{t(`findingWhy.${finding.code}`)}</p>
      </div>
      <Button size="small" onPress={onJump}>
        {t('checkShow')}
      </Button>
    </li>
  )
}
