import { useEffect, useState } from 'react'
import type { Finding } from '@shared/ipc/views.ts'
import { call } from '../../bridge/call.ts'

/** Findings of a text. `of` is the text they belong to: offsets are good for that one only. */
export interface Checks {
  of: string
  findings: readonly Finding[]
  failed: boolean
}

const QUIET_MS = 450

/** Checks the text when the typing rests; the last findings stay until the next are there. */
export function useChecks(reportId: string, body: string): Checks | null {
  const [checks, setChecks] = useState<Checks | null>(null)
  useEffect(() => {
    let stale = false
    const run = async () => {
      const next = await call('replies.check', { reportId, body }).then(
        (findings): Checks => ({ of: body, findings, failed: false }),
        (): Checks => ({ of: body, findings: [], failed: true }),
      )
      if (!stale) setChecks(next)
    }
    const timer = setTimeout(() => void run(), QUIET_MS)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [reportId, body])
  return checks
}
