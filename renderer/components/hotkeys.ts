import { useLayoutEffect, useRef } from 'react'

/** What each key does. Names: `j`, `?`, `Enter`, `ArrowDown`, `Ctrl+k`. */
export type Hotkeys = Readonly<Record<string, (event: KeyboardEvent) => void>>

const nameOf = (event: KeyboardEvent) =>
  `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false
  if (target.closest('.dialog-scrim, .popover, form')) return true
  return target.matches(
    'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable="true"]',
  )
}

/** Keys of a screen. Silent while someone writes, in forms and while a window is open, except for Ctrl combinations outside windows. */
export function useHotkeys(keys: Hotkeys, enabled = true): void {
  const latest = useRef(keys)
  // In the commit itself: a key works from the moment its button is seen, also on a busy PC.
  useLayoutEffect(() => {
    latest.current = keys
  })
  useLayoutEffect(() => {
    if (!enabled) return
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const name = nameOf(event)
      const act = latest.current[name]
      if (!act) return
      if (isWriting(event.target) && !name.startsWith('Ctrl+')) return
      if (document.querySelector('.dialog-scrim')) return
      event.preventDefault()
      act(event)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [enabled])
}
