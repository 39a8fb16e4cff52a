/** After a refused form has been drawn: moves the focus to the first field that is not right. */
export function focusInvalid(form: HTMLElement | null): void {
  requestAnimationFrame(() => {
    form?.querySelector<HTMLElement>('[data-invalid] :is(input, textarea, button)')?.focus()
  })
}
