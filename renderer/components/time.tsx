import { useFormat } from './format.ts'

/** An instant in full (`Kam, 5 Nov 2026 · 09.12 WIT`), or only its clock time or day. */
export function Time({ at, show = 'full' }: { at: number; show?: 'full' | 'time' | 'day' }) {
  const format = useFormat()
  const full = format.dateTime(at)
  const text = show === 'full' ? full : show === 'time' ? format.time(at) : format.dayOf(at)
  return (
    <time dateTime={new Date(at).toISOString()} title={show === 'full' ? undefined : full}>
      {text}
    </time>
  )
}
