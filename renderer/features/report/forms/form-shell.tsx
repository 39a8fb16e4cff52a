import { useRef, type FormEvent, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../components/button.tsx'
import { ErrorBanner } from '../../../components/error-banner.tsx'
import { focusInvalid } from '../../../components/focus-invalid.ts'
import { useFocusInside } from '../../../components/use-focus-inside.ts'
import type { DeskAction } from '../actions.ts'
import type { FormProps } from './form-props.ts'
import '../forms.css'

interface FormShellProps {
  /** What the form was given, passed on whole. */
  form: FormProps
  /** Names the form and, unless `submitLabel` does, its button. */
  action: DeskAction
  submitLabel?: string
  children?: ReactNode
  danger?: boolean
  /** Letters and digits while a radio has the focus; answers the value it chose, which then gets the focus. */
  onKey?: (key: string) => string | null
  onSubmit: () => void
}

/** An act asked in place: its questions, its verb, Batal. Enter sends (Ctrl+Enter in long texts), Escape cancels. */
export function FormShell(props: FormShellProps) {
  const { action, submitLabel, children, danger, onKey, onSubmit } = props
  const { error, busy, onCancel } = props.form
  const { t } = useTranslation(['report', 'common'])
  const title = t(`action.${action}`)
  const form = useRef<HTMLFormElement>(null)
  useFocusInside(form)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    onSubmit()
    focusInvalid(form.current)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement
    // Lists and calendars that open above the form keep their own keys.
    if (!form.current?.contains(target)) return
    const long = target instanceof HTMLTextAreaElement
    const radio = target instanceof HTMLInputElement && target.type === 'radio'
    const choose = (key: string) => {
      const chosen = onKey?.(key) ?? null
      if (chosen)
        form.current?.querySelector<HTMLElement>(`input[type=radio][value="${CSS.escape(chosen)}"]`)?.focus()
      return chosen !== null
    }
    const used =
      event.key === 'Escape'
        ? (onCancel(), true)
        : event.key === 'Enter' && (long ? event.ctrlKey : radio)
          ? (form.current.requestSubmit(), true)
          : radio && event.key.length === 1 && !event.ctrlKey && choose(event.key.toLowerCase())
    if (used) event.preventDefault()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys that bubble from its fields
    <form
      ref={form}
      className="act-form"
      aria-label={title}
      noValidate
      onSubmit={submit}
      onKeyDown={onKeyDown}
    >
      <h3>{title}</h3>
      {children}
      <ErrorBanner error={error} />
      <div className="row">
        <Button type="submit" variant={danger ? 'danger' : 'primary'} busy={busy}>
          {submitLabel ?? title}
        </Button>
        <Button variant="quiet" onPress={onCancel}>
          {t('common:cancel')}
        </Button>
      </div>
    </form>
  )
}
