import { Printer, Save, Stamp } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LetterView } from '@shared/ipc/views.ts'
import { Button } from '../../components/button.tsx'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { VoidDialog } from './void-dialog.tsx'
import type { LetterActs } from './use-letter-acts.ts'

/** The verbs of a letter in its state, most likely first. Issuing, voiding and discarding ask once more. */
export function LetterActions({ letter, acts }: { letter: LetterView; acts: LetterActs }) {
  const { t } = useTranslation('letters')
  const [asking, setAsking] = useState<'issue' | 'void' | 'discard' | null>(null)
  const close = () => setAsking(null)
  const open = letter.state === 'draft' || letter.state === 'waiting_number'
  // Only reply letters take a number of the register; a disposition sheet is only made final.
  const numbered = letter.kind === 'reply'
  return (
    <div className="row letter-actions">
      {open ? (
        <Button variant="primary" icon={Stamp} busy={acts.issuing} onPress={() => setAsking('issue')}>
          {!numbered ? t('finish') : letter.state === 'draft' ? t('issue') : t('waitingAction')}
        </Button>
      ) : null}
      <Button
        variant={open ? 'secondary' : 'primary'}
        icon={Printer}
        busy={acts.printing}
        onPress={acts.print}
      >
        {t('print')}
      </Button>
      <Button icon={Save} busy={acts.saving} onPress={acts.saveAs}>
        {t('saveAs')}
      </Button>
      {letter.state === 'issued' && letter.number ? (
        <Button variant="danger" onPress={() => setAsking('void')}>
          {t('void')}
        </Button>
      ) : null}
      {open ? (
        <Button variant="quiet" onPress={() => setAsking('discard')}>
          {t('discard')}
        </Button>
      ) : null}

      <ConfirmDialog
        title={numbered ? t('issueTitle') : t('finishTitle')}
        confirmLabel={numbered ? t('issueYes') : t('finish')}
        isOpen={asking === 'issue'}
        busy={acts.issuing}
        onConfirm={() => acts.issue(close)}
        onClose={close}
      >
        <div className="stack-small">
          <p>{numbered ? t('issueWhat') : t('finishWhat')}</p>
          <p>
            <strong>
              {t('issueWho', {
                name: letter.addressee,
                pages: t('pages', { count: letter.pages ?? 1 }),
                paper: t(`paperName.${letter.paper}`),
              })}
            </strong>
          </p>
          {numbered ? <p className="small secondary">{t('issueNever')}</p> : null}
        </div>
      </ConfirmDialog>
      <ConfirmDialog
        danger
        title={t('discardTitle')}
        confirmLabel={t('discard')}
        isOpen={asking === 'discard'}
        busy={acts.discarding}
        onConfirm={acts.discard}
        onClose={close}
      >
        {t('discardWhat')}
      </ConfirmDialog>
      {asking === 'void' ? (
        <VoidDialog
          number={letter.number ?? ''}
          busy={acts.voiding}
          onVoid={(reason) => acts.void(reason, close)}
          onClose={close}
        />
      ) : null}
    </div>
  )
}
