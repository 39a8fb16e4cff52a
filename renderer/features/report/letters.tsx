import { FileText } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ReportDetail } from '@shared/ipc/views.ts'
import { Button } from '../../components/button.tsx'
import { openLetters } from '../../navigation.ts'

/** The report's papers: numbered letters, drafts, and the way to make one. */
export function Letters({ detail }: { detail: ReportDetail }) {
  const { t } = useTranslation('report')
  const { letters, replies, report } = detail
  const answer = replies.findLast((reply) => reply.state === 'approved' || reply.state === 'published')
  if (letters.length === 0 && !answer) return null
  return (
    <section aria-labelledby="letters-title">
      <div className="section-head">
        <h3 id="letters-title">{t('letters')}</h3>
        {answer ? (
          <Button
            size="small"
            icon={FileText}
            onPress={() => openLetters({ kind: 'reply', report: report.id, reply: answer.id })}
          >
            {t('makeLetter')}
          </Button>
        ) : null}
      </div>
      <ul>
        {letters.map((letter) => (
          <li key={letter.id}>
            <Button size="small" variant="quiet" onPress={() => openLetters({ letter: letter.id })}>
              {letter.number ?? t('letterDraft')} · {letter.subject}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
