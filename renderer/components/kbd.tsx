import './kbd.css'

/** Keys as printed on the keyboard, e.g. `Ctrl+K`. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <kbd className="kbd" aria-hidden="true">
      {keys}
    </kbd>
  )
}
