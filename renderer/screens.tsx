import { lazy, Suspense, type ComponentType } from 'react'
import { Skeleton } from './components/skeleton.tsx'
import type { PlaceName } from './navigation.ts'

const InboxScreen = lazy(() => import('./features/inbox/screen.tsx'))
const ReportPane = lazy(() => import('./features/report/pane.tsx'))
const DispositionForm = lazy(() => import('./features/disposition/form.tsx'))

/** Features do not know one another: the inbox is given its detail here, and the report its disposition form. */
function Inbox() {
  return <InboxScreen detail={ReportDetail} />
}

function ReportDetail(props: { reportId: string; onBack: () => void }) {
  return (
    <Suspense fallback={<Skeleton count={6} />}>
      <ReportPane {...props} dispositionForm={DispositionForm} />
    </Suspense>
  )
}

/** The screen of each place, loaded when first gone to. Every feature's `screen.tsx` has a default export. */
export const SCREENS: Readonly<Record<PlaceName, ComponentType>> = {
  inbox: Inbox,
  reply: lazy(() => import('./features/reply/screen.tsx')),
  approval: lazy(() => import('./features/approval/screen.tsx')),
  letters: lazy(() => import('./features/letters/screen.tsx')),
  register: lazy(() => import('./features/register/screen.tsx')),
  'sync-center': lazy(() => import('./features/sync-center/screen.tsx')),
  settings: lazy(() => import('./features/settings/screen.tsx')),
}
