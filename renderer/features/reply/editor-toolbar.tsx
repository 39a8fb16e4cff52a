import { Paperclip } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ReplyKind } from '@shared/domain/reply.ts'
import type { AttachmentRef } from '@shared/domain/report.ts'
import { useCommand } from '../../bridge/use-call.ts'
import { Button } from '../../components/button.tsx'
import { RadioGroup } from '../../components/radio-group.tsx'
import { useSay } from '../../components/toast.tsx'
import type { RefusedFile } from './own-attachments.tsx'
import { TemplatePicker } from './template-picker.tsx'

interface EditorToolbarProps {
  reportId: string
  kind: ReplyKind
  attachments: readonly AttachmentRef[]
  onKind: (kind: ReplyKind) => void
  onTemplate: (text: string) => void
  onAttach: (added: AttachmentRef[], refused: RefusedFile[]) => void
}

const KINDS: readonly ReplyKind[] = ['acknowledgement', 'final']

/** Kind of answer, templates, files. */
export function EditorToolbar({
  reportId,
  kind,
  attachments,
  onKind,
  onTemplate,
  onAttach,
}: EditorToolbarProps) {
  const { t } = useTranslation(['reply', 'common'])
  const { sayError } = useSay()
  const pick = useCommand('attachments.pick')
  const attach = () =>
    pick.mutate(
      { reportId },
      { onSuccess: ({ added, refused }) => onAttach(unique(attachments, added), refused), onError: sayError },
    )
  return (
    <div className="reply-toolbar">
      <RadioGroup<ReplyKind>
        label={t('kind')}
        hideLabel
        segmented
        value={kind}
        onChange={onKind}
        options={KINDS.map((id) => ({ id, label: t(`common:replyKind.${id}`) }))}
      />
      <span className="reply-toolbar-side">
        <TemplatePicker reportId={reportId} kind={kind} onPick={onTemplate} />
        <Button
          icon={Paperclip}
          onPress={attach}
          busy={pick.isPending}
          refusal={attachments.length >= 10 ? t('attachmentsFull') : undefined}
        >
          {t('attach')}
        </Button>
      </span>
      <p className="small secondary reply-kind-hint">{t(`kindHint.${kind}`)}</p>
    </div>
  )
}

/** The picked files that are not attached yet. */
const unique = (present: readonly AttachmentRef[], added: readonly AttachmentRef[]) =>
  added.filter((file) => !present.some((other) => other.sha256 === file.sha256))
