import { useTranslation } from 'react-i18next'
import { codeOf } from '../bridge/call.ts'
import { Banner } from './banner.tsx'
import { Button } from './button.tsx'

/** The words of a refused call: what happened, what is safe, what to do, and the code to quote. Nothing without an error. */
export function ErrorBanner({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation(['errors', 'common'])
  if (!error) return null
  const code = codeOf(error)
  return (
    <Banner
      live
      tone="error"
      title={t(`errors:${code}.what`)}
      action={
        onRetry ? (
          <Button size="small" onPress={onRetry}>
            {t('common:retry')}
          </Button>
        ) : undefined
      }
    >
      <p>
        {t(`errors:${code}.safe`)} {t(`errors:${code}.todo`)}
      </p>
      <p className="banner-code">{t('common:codeToQuote', { code })}</p>
    </Banner>
  )
}
