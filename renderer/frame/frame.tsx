import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppStatus } from '@shared/ipc/views.ts'
import { useHotkeys } from '../components/hotkeys.ts'
import { Skeleton } from '../components/skeleton.tsx'
import { useLocation } from '../navigation.ts'
import { SCREENS } from '../screens.tsx'
import { RecoveryBanner } from './recovery-banner.tsx'
import { ScreenBoundary } from './screen-boundary.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'
import { Sidebar } from './sidebar.tsx'
import { StatusBar } from './status-bar.tsx'
import { TitleBar } from './title-bar.tsx'
import './frame.css'

/** Places on the left, the screen in the middle, search above, the truth about sync below. */
export function Frame({ status }: { status: AppStatus }) {
  const { t } = useTranslation('frame')
  const { place } = useLocation()
  const [helpOpen, setHelpOpen] = useState(false)
  useHotkeys({ '?': () => setHelpOpen(true) })
  const Screen = SCREENS[place]
  return (
    <div className="frame">
      <a className="skip" href="#main" onClick={skipToMain}>
        {t('skip')}
      </a>
      <Sidebar status={status} />
      <div className="frame-column">
        <div>
          <TitleBar status={status} />
          {status.recovery ? <RecoveryBanner recovery={status.recovery} /> : null}
        </div>
        <main id="main" className="frame-main" tabIndex={-1}>
          <ScreenBoundary key={place}>
            <Suspense fallback={<Skeleton shape="row" count={8} />}>
              <Screen />
            </Suspense>
          </ScreenBoundary>
        </main>
        <StatusBar onHelp={() => setHelpOpen(true)} />
      </div>
      <ShortcutsDialog isOpen={helpOpen} onClose={() => setHelpOpen(false)} />
    </div>
  )
}

// The hash is the location, so the link must not change it.
function skipToMain(event: { preventDefault: () => void }) {
  event.preventDefault()
  document.getElementById('main')?.focus()
}
