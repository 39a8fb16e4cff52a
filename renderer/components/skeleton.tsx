import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import './skeleton.css'

const QUIET_MS = 300

/** Grey lines in the shape of what comes; nothing in the first 300 ms. `shape` row: two lines; text: a paragraph. */
export function Skeleton({ shape = 'text', count = 3 }: { shape?: 'row' | 'text'; count?: number }) {
  const { t } = useTranslation('common')
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), QUIET_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className="skeleton" role="status" aria-label={t('loading')} data-shown={shown || undefined}>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={`skeleton-${shape}`} aria-hidden>
          <span />
          <span />
        </div>
      ))}
    </div>
  )
}
