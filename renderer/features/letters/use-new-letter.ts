import { useEffect, useRef } from 'react'
import { LetterKind } from '@shared/domain/letter.ts'
import type { Input } from '@shared/ipc/contract.ts'
import { useCommand } from '../../bridge/use-call.ts'
import { showHere, type Params } from '../../navigation.ts'

/** What `letters.draft` needs to make a letter from the screen's address; null when nothing is to be made. */
export function newLetterOf(params: Params): Input<'letters.draft'> | null {
  const kind = LetterKind.safeParse(params.kind)
  if (params.letter || !kind.success || !params.report) return null
  return {
    kind: kind.data,
    reportId: params.report,
    replyId: params.reply ?? null,
    dispositionId: params.disposition ?? null,
    paper: null,
    date: null,
  }
}

/** Makes the letter that the address asks for, once, and shows it. */
export function useNewLetter(params: Params) {
  const { mutate, isPending, error, data } = useCommand('letters.draft')
  const wanted = newLetterOf(params)
  const key = wanted ? JSON.stringify(wanted) : ''
  const asked = useRef('')
  const make = (input: Input<'letters.draft'>) =>
    mutate(input, {
      onSuccess: (letter) =>
        showHere({ kind: '', report: '', reply: '', disposition: '', letter: letter.id }),
    })
  useEffect(() => {
    if (!wanted || asked.current === key) return
    asked.current = key
    make(wanted)
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key])
  // `made` is shown before the list has heard of it.
  return { made: data, busy: isPending || (key !== '' && !error), error, retry: () => wanted && make(wanted) }
}
