import { useEffect, type RefObject } from 'react'

/** When a form opens the keyboard is in it: at its first field, unless one asked for the focus itself. */
export function useFocusInside(form: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (form.current?.contains(document.activeElement)) return
    form.current?.querySelector<HTMLElement>('input, textarea, button')?.focus()
  }, [form])
}
