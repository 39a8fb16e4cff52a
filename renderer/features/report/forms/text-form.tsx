import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextArea } from '../../../components/text-area.tsx'
import type { FormProps } from './form-props.ts'
import { FormShell } from './form-shell.tsx'

type TextAction = 'note' | 'resume' | 'reject_proposal' | 'reopen'

/** Acts that are one text: a note, a reason. Only `resume` may be empty. */
export function TextForm({ action, ...form }: FormProps & { action: TextAction }) {
  const { act } = form
  const { t } = useTranslation('report')
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const isNote = action === 'note'
  const optional = action === 'resume'
  const submit = () => {
    setTried(true)
    if (!text.trim() && !optional) return
    if (action === 'note') act({ action, payload: { text } })
    else if (action === 'resume') act({ action, payload: { note: text } })
    else act({ action, payload: { reason: text } })
  }
  const missing = isNote ? t('form.noteRequired') : t('form.reasonRequired')
  return (
    <FormShell form={form} action={action} onSubmit={submit}>
      <TextArea
        autoFocus
        optional={optional}
        label={t(isNote ? 'form.note' : optional ? 'form.resumeNote' : 'form.reason')}
        help={isNote ? t('form.noteHelp') : undefined}
        value={text}
        onChange={setText}
        maxLength={isNote ? 8000 : 2000}
        error={tried && !optional && !text.trim() ? missing : undefined}
      />
    </FormShell>
  )
}

/** Acts that need only a yes after their consequence has been read. */
export function PlainForm({ action, ...form }: FormProps & { action: 'approve_proposal' | 'ungroup' }) {
  const { detail, act } = form
  const { t } = useTranslation('report')
  const words =
    action === 'ungroup'
      ? t('form.ungroupHelp')
      : t(detail.state.proposal?.kind === 'archive' ? 'form.approveArchive' : 'form.approveReferral')
  return (
    <FormShell form={form} action={action} onSubmit={() => act({ action, payload: {} })}>
      <p>{words}</p>
    </FormShell>
  )
}
