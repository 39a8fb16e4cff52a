import { useId, type ReactNode } from 'react'

interface SectionProps {
  title: string
  note?: string
  children: ReactNode
}

/** A part of the settings: its name at the left, its contents at the right. */
export function Section({ title, note, children }: SectionProps) {
  const id = useId()
  return (
    <section className="settings-section" aria-labelledby={id}>
      <div>
        <h2 id={id}>{title}</h2>
        {note ? <p className="small secondary">{note}</p> : null}
      </div>
      <div className="stack">{children}</div>
    </section>
  )
}

/** Facts that are read: names at the left, values at the right. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="settings-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
