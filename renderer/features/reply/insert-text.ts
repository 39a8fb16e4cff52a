/** Puts text at the cursor of a text area as if it were typed, so that Ctrl+Z takes it back. Returns the new value. */
export function insertText(area: HTMLTextAreaElement, text: string): string {
  area.focus()
  const { selectionStart, selectionEnd, value } = area
  const before = value.slice(0, selectionStart)
  const glue = before.trim() && !before.endsWith('\n') ? '\n\n' : ''
  const inserted = glue + text
  // The only way that keeps the browser's undo history; where it is missing the value is set instead.
  if (!document.execCommand?.('insertText', false, inserted))
    area.setRangeText(inserted, selectionStart, selectionEnd, 'end')
  return area.value
}

/** Selects a stretch of the text and brings it into view. */
export function revealRange(area: HTMLTextAreaElement, start: number, end: number): void {
  area.focus()
  area.setSelectionRange(start, end)
  const lineHeight = Number.parseFloat(getComputedStyle(area).lineHeight) || 22
  const line = area.value.slice(0, start).split('\n').length - 1
  area.scrollTop = Math.max(0, line * lineHeight - area.clientHeight / 2)
  area.scrollIntoView({ block: 'nearest' })
}
