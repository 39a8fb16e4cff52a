import { useTranslation } from 'react-i18next'
import type { Paper } from '@shared/domain/letter.ts'
import type { LetterView } from '@shared/ipc/views.ts'
import { useCommand } from '../../bridge/use-call.ts'
import { useSay } from '../../components/toast.tsx'
import { showHere } from '../../navigation.ts'

/** Everything that can be done with a letter; each says what happened. */
export type LetterActs = ReturnType<typeof useLetterActs>

/** Binds the commands of one letter to its words. */
export function useLetterActs(letter: LetterView) {
  const { t } = useTranslation('letters')
  const toast = useSay()
  const draft = useCommand('letters.draft')
  const issue = useCommand('letters.issue')
  const print = useCommand('letters.print')
  const saveAs = useCommand('letters.saveAs')
  const voiding = useCommand('letters.void')
  const discard = useCommand('letters.discard')
  const letterId = letter.id
  const issuedWords = (next: LetterView) =>
    next.number
      ? t('issuedDone', { number: next.number })
      : next.state === 'issued'
        ? t('sheetDone')
        : t('nowWaiting')
  const fail = { onError: toast.sayError }
  const layOut = (part: { paper?: Paper; date?: string }) =>
    draft.mutate(
      {
        kind: letter.kind,
        reportId: letter.reportId,
        replyId: letter.replyId,
        dispositionId: letter.dispositionId,
        paper: part.paper ?? letter.paper,
        date: part.date ?? letter.date,
      },
      { ...fail, onSuccess: (next) => showHere({ letter: next.id }) },
    )
  return {
    layOut,
    layingOut: draft.isPending,
    issuing: issue.isPending,
    issue: (done: () => void) =>
      issue.mutate(
        { letterId },
        {
          ...fail,
          onSuccess: (next) => toast.say(issuedWords(next)),
          onSettled: done,
        },
      ),
    printing: print.isPending,
    print: () =>
      print.mutate(
        { letterId },
        {
          ...fail,
          onSuccess: ({ printed, copy }) =>
            toast.say(
              !printed ? t('printCancelled') : copy > 0 ? t('printedCopy', { n: copy }) : t('printed'),
            ),
        },
      ),
    saving: saveAs.isPending,
    saveAs: () =>
      saveAs.mutate({ letterId }, { ...fail, onSuccess: ({ saved }) => saved && toast.say(t('saved')) }),
    voiding: voiding.isPending,
    void: (reason: string, done: () => void) =>
      voiding.mutate(
        { letterId, reason },
        { ...fail, onSuccess: (queued) => toast.sayQueued(t('voidDone'), queued), onSettled: done },
      ),
    discarding: discard.isPending,
    discard: () =>
      discard.mutate(
        { letterId },
        {
          ...fail,
          onSuccess: () => {
            toast.say(t('discardDone'))
            showHere({ letter: '' })
          },
        },
      ),
  }
}
