import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import {
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components'
import type { Queued } from '@shared/ipc/contract.ts'
import { call, codeOf } from '../bridge/call.ts'
import { Button } from './button.tsx'
import { IconButton } from './icon-button.tsx'
import './toast.css'

interface ToastWords {
  text: string
  tone?: 'done' | 'error'
  undo?: () => void
}

const SHOWN_MS = 6_000
const UNDO_MS = 10_000
const queue = new ToastQueue<ToastWords>({ maxVisibleToasts: 3 })

/** Says in one line what happened. */
export function say(text: string, tone: 'done' | 'error' = 'done'): void {
  queue.add({ text, tone }, { timeout: tone === 'error' ? UNDO_MS : SHOWN_MS })
}

/** Words of toasts that need the catalogue. */
export function useSay() {
  const { t } = useTranslation(['common', 'errors'])
  const sayError = (error: unknown) => {
    const code = codeOf(error)
    say(`${t(`errors:${code}.what`)} ${t(`errors:${code}.todo`)} (${code})`, 'error')
  }
  return {
    say,
    /** Says why a call was refused. */
    sayError,
    /** Says what was queued and offers Urungkan as long as it can be taken back (at most 10 s). */
    sayQueued(text: string, queued: Queued, now = Date.now()) {
      const left = queued.undoUntil === null ? 0 : Math.min(UNDO_MS, queued.undoUntil - now)
      const words = `${text} · ${t('queuedToSend')}`
      if (left <= 0) return say(words)
      const key = queue.add(
        {
          text: words,
          undo: () => {
            queue.close(key)
            call('reports.undo', { mutationId: queued.mutationId }).then(
              () => say(t('undone')),
              // The hub may have it already: that is no fault of the report's state.
              (error) => (codeOf(error) === 'wrong_state' ? say(t('undoTooLate'), 'error') : sayError(error)),
            )
          },
        },
        { timeout: left },
      )
    },
  }
}

/** Where toasts appear; once, in the frame. */
export function Toasts() {
  const { t } = useTranslation('common')
  return (
    <ToastRegion queue={queue} className="toasts" aria-label={t('notifications')}>
      {({ toast }) => {
        const { text, tone, undo } = toast.content
        const Icon = tone === 'error' ? CircleAlert : CircleCheck
        return (
          <Toast toast={toast} className={`toast toast-${tone ?? 'done'}`}>
            <Icon size="1.25em" strokeWidth={1.75} aria-hidden />
            <ToastContent className="toast-text">
              <Text slot="title">{text}</Text>
            </ToastContent>
            {undo ? (
              <Button size="small" onPress={undo} slot={null}>
                {t('undo')}
              </Button>
            ) : null}
            <IconButton icon={X} label={t('dismiss')} slot="close" />
          </Toast>
        )
      }}
    </ToastRegion>
  )
}
