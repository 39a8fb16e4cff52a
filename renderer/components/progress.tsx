import { Label, ProgressBar } from 'react-aria-components'
import './progress.css'

/** Long work: what is being done and how far (`value` 0–1, null when unknown). */
export function Progress({ label, value }: { label: string; value: number | null }) {
  return (
    <ProgressBar className="progress" value={(value ?? 0) * 100} isIndeterminate={value === null}>
      {({ percentage, valueText, isIndeterminate }) => (
        <>
          <div className="progress-words">
            <Label>{label}</Label>
            {isIndeterminate ? null : <span>{valueText}</span>}
          </div>
          <div className="progress-track">
            <div
              className="progress-fill"
              style={isIndeterminate ? undefined : { width: `${percentage}%` }}
            />
          </div>
        </>
      )}
    </ProgressBar>
  )
}
