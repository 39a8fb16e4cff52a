import { CircleCheck, CornerDownLeft } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Finding } from '@shared/ipc/views.ts'
import { findingContext } from './findings.ts'
import type { Checks } from './use-checks.ts'

interface ChecksPanelProps {
  checks: Checks | null
  body: string
  onJump: (finding: Finding) => void
}

/** What the privacy check found, with the exact words; a press goes to them in the text. */
export function ChecksPanel({ checks, body, onJump }: ChecksPanelProps) {
  const { t } = useTranslation('reply')
  const findings = checks?.findings.filter((finding) => finding.code !== 'empty') ?? []
  const running = checks === null || checks.of !== body
  const heading = checks?.failed
    ? t('checksFailed')
    : findings.length
      ? t('checksFound', { count: findings.length })
      : running
        ? t('checksRunning')
        : t('checksClean')
  return (
    <aside className="reply-checks" aria-label={t('checks')}>
      <h3>{t('checks')}</h3>
      <output className="small secondary reply-checks-head">
        {!running && !findings.length && !checks?.failed && body.trim() ? (
          <CircleCheck size="1.15em" strokeWidth={1.75} aria-hidden />
        ) : null}
        {body.trim() ? heading : t('checksLater')}
      </output>
      <ul>
        {findings.map((finding) => (
          <FindingItem
            key={`${finding.code}-${finding.start}`}
            of={checks?.of ?? ''}
            finding={finding}
            onJump={onJump}
          />
        ))}
      </ul>
    </aside>
  )
}

function FindingItem({
  of,
  finding,
  onJump,
}: {
  of: string
  finding: Finding
  onJump: (finding: Finding) => void
}) {
  const { t } = useTranslation('reply')
  const context = findingContext(of, finding)
  return (
    <li>
      <button type="button" className="reply-finding" onClick={() => onJump(finding)}>
        <span className="reply-finding-head">
          {t(`finding.${finding.code}`)}
          <span className="reply-finding-line">
            {t('checkLine', { line: context.line })}
            <CornerDownLeft size="1em" strokeWidth={1.75} aria-hidden />
          </span>
        </span>
        <span className="reply-finding-words">
          {context.before}
          <mark>{context.match}</mark>
          {context.after}
        </span>
        <span className="reply-finding-why">{t(`findingWhy.${finding.code}`)}</span>
      </button>
    </li>
  )
}
