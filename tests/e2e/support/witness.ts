import { expect, type Page } from '@playwright/test'
import { words } from './steps.ts'

/** What a screen said that was not so, for longer than it takes to draw it anew. */
export interface Witness {
  /** Fails with every untruth seen since the start. */
  expectTruth(): Promise<void>
}

/** Longer than an answer of the core takes to reach the screen on a busy machine, ms. */
const DRAWN_WITHIN = 3000

const firstWords = (text: string) => text.split(' {{')[0]!

/**
 * Watches the status bar and the sync centre beside the core's own state, four times a second: the queue's count, whether
 * the hub is reached, the time of the last proof, and every claim that all is sent (SYNC-05).
 */
export async function watchTruth(page: Page): Promise<Witness> {
  await page.evaluate(
    ([said, within]) => {
      interface State {
        phase: string
        problem: string | null
        queued: number
        needsPerson: number
        lastSyncedAt: number | null
      }
      const { bridge } = window as unknown as {
        bridge: { invoke(method: string, input: unknown): Promise<{ ok: boolean; value: State }> }
      }
      const untruths = new Set<string>()
      const since = new Map<string, number>()
      Object.assign(window, { untruths })
      const judge = (state: State) => {
        const bar = document.querySelector('.status-sync')?.textContent ?? ''
        const heading = document.querySelector('.sync-screen h1')?.textContent ?? ''
        const main = document.querySelector('main')?.textContent ?? ''
        const { phase, problem, queued, needsPerson, lastSyncedAt } = state
        const clock =
          lastSyncedAt === null
            ? ''
            : new Date(lastSyncedAt + 9 * 3_600_000).toISOString().slice(11, 16).replace(':', '.')
        const shown = /(\d+) antre/.exec(bar)?.[1] ?? '0'
        const wrong: string[] = []
        if (Number(shown) !== queued) wrong.push(`bar says ${shown} queued`)
        if ((phase === 'offline') !== bar.includes(said.offline)) wrong.push(`bar while ${phase}: ${bar}`)
        if (bar.includes(said.synced) && !bar.includes(`${said.synced} ${clock}`))
          wrong.push(`bar claims another proof: ${bar}`)
        if (heading.startsWith(said.all) && (problem !== null || queued > 0))
          wrong.push(`heading: ${heading}`)
        if (main.includes(said.clear) && queued + needsPerson > 0) wrong.push('all clear')
        return wrong
      }
      setInterval(() => {
        void bridge.invoke('sync.status', {}).then(({ ok, value }) => {
          if (!ok || !document.querySelector('.status-sync')) return
          const wrong = judge(value)
          for (const known of since.keys()) if (!wrong.includes(known)) since.delete(known)
          for (const one of wrong) {
            const from = since.get(one) ?? performance.now()
            since.set(one, from)
            if (performance.now() - from > within) untruths.add(`${one} – ${JSON.stringify(value)}`)
          }
        })
      }, 250)
    },
    [
      {
        offline: words.frame.sync.offline,
        synced: firstWords(words.frame.sync.synced),
        all: firstWords(words['sync-center'].status.synced),
        clear: words['sync-center'].allClear,
      },
      DRAWN_WITHIN,
    ] as const,
  )
  return {
    async expectTruth() {
      const seen = await page.evaluate(() => [...(window as unknown as { untruths: Set<string> }).untruths])
      expect(seen).toEqual([])
    },
  }
}
