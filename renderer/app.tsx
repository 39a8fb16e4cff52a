import { lazy, Suspense } from 'react'
import { I18nProvider } from 'react-aria-components'
import { useCall } from './bridge/use-call.ts'
import { ErrorBanner } from './components/error-banner.tsx'
import { useLanguage } from './components/format.ts'
import { Skeleton } from './components/skeleton.tsx'
import { Toasts } from './components/toast.tsx'
import { Frame } from './frame/frame.tsx'
import { usePreferences } from './frame/use-preferences.ts'

const Onboarding = lazy(() => import('./features/onboarding/screen.tsx'))

/** The whole renderer: the frame once someone has signed in, the way there before. */
export function App() {
  const language = useLanguage()
  usePreferences()
  const { data: status, error, refetch } = useCall('app.status', {})
  return (
    <I18nProvider locale={language === 'id' ? 'id-ID' : 'en-GB'}>
      {status?.phase === 'ready' ? (
        <Frame key={status.person?.id} status={status} />
      ) : (
        <Suspense fallback={<Skeleton />}>
          {status ? <Onboarding /> : <ErrorBanner error={error} onRetry={() => void refetch()} />}
        </Suspense>
      )}
      <Toasts />
    </I18nProvider>
  )
}
