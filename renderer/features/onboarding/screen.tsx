import { useState } from 'react'
import type { AppStatus } from '@shared/ipc/views.ts'
import { useCall, useCommand } from '../../bridge/use-call.ts'
import { Broken } from './broken.tsx'
import { Enrol } from './enrol.tsx'
import { FirstRun } from './first-run.tsx'
import { SettingUp } from './setting-up.tsx'
import { SignIn } from './sign-in.tsx'
import './onboarding.css'

/** Everything before the desk: first run, set-up, sign-in, and what to do when the data cannot be opened. */
export default function Onboarding() {
  const { data: status } = useCall('app.status', {})
  if (!status) return null
  return (
    <main className="onboarding">
      <div className="onboarding-card">
        <Step status={status} />
      </div>
    </main>
  )
}

function Step({ status }: { status: AppStatus }) {
  const [enrolling, setEnrolling] = useState(false)
  // Held here: the choices are gone while practice is set up, and a refusal must still be said when they return.
  const practice = useCommand('setup.startPractice')
  switch (status.phase) {
    case 'first_run':
    case 'setting_up':
      // The form stays through the try: what was typed and why it was refused outlive it.
      if (enrolling) return <Enrol onBack={() => setEnrolling(false)} />
      if (status.phase === 'setting_up') return <SettingUp status={status} />
      return (
        <FirstRun
          busy={practice.isPending}
          error={practice.error}
          onPractice={() => practice.mutate({})}
          onEnrol={() => setEnrolling(true)}
        />
      )
    case 'locked':
      return <SignIn status={status} />
    case 'broken':
      return <Broken status={status} />
    case 'ready':
      return null
  }
}
