import { ticks } from './rulers.ts'

const LENGTH = { short: 1.6, middle: 2.6, long: 4 } as const
const DEEP = 5.5

/** A ruler of the page's length; units of the drawing are millimetres, so it scales with the page. */
export function Ruler({ mm, direction }: { mm: number; direction: 'across' | 'down' }) {
  const across = direction === 'across'
  return (
    <svg
      className={`ruler ruler-${direction}`}
      viewBox={across ? `0 0 ${mm} ${DEEP}` : `0 0 ${DEEP} ${mm}`}
      preserveAspectRatio="none"
      aria-hidden
    >
      {ticks(mm).map((tick) => {
        const from = DEEP - LENGTH[tick.length]
        return (
          <g key={tick.mm}>
            {across ? (
              <line x1={tick.mm} x2={tick.mm} y1={from} y2={DEEP} />
            ) : (
              <line y1={tick.mm} y2={tick.mm} x1={from} x2={DEEP} />
            )}
            {tick.label ? (
              <text
                x={across ? tick.mm - 0.6 : 0.3}
                y={across ? 2.4 : tick.mm - 0.6}
                textAnchor={across ? 'end' : 'start'}
              >
                {tick.label}
              </text>
            ) : null}
          </g>
        )
      })}
    </svg>
  )
}
