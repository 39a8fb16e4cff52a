import { expect, type Locator } from '@playwright/test'
import type { Output } from '../../../shared/ipc/contract.ts'
import type { DeskApp } from './desk-app.ts'
import { core } from './practice.ts'

/** What the desk's core says of the link and the queue. */
export const syncState = ({ page }: DeskApp): Promise<Output<'sync.status'>> => core(page, 'sync.status', {})

/** The status bar's line about the link. */
export const statusLine = ({ page }: DeskApp): Locator => page.locator('.status-sync')

/** The ledger's line of an act, by its words. */
export const ledgerLine = ({ page }: DeskApp, kind: string): Locator =>
  page.locator('.ledger-item').filter({ hasText: kind })

/** Longest that an engine which was cut off a moment ago waits before it tries again by itself, with room. */
export const NEXT_TRY = { timeout: 60_000 }

/** Waits until the hub has a receipt for everything done here. */
export async function outboxEmpty(desk: DeskApp): Promise<void> {
  await expect
    .poll(async () => {
      const { queued, needsPerson, phase } = await syncState(desk)
      return { queued, needsPerson, phase }
    }, NEXT_TRY)
    .toEqual({ queued: 0, needsPerson: 0, phase: 'idle' })
}

/** Waits until this PC has letter numbers of its own. */
export async function leased({ page }: DeskApp): Promise<void> {
  const year = new Date().getFullYear()
  await expect
    .poll(async () => (await core(page, 'letters.register', { year })).leases.length)
    .toBeGreaterThan(0)
}

/** A report as this desk has it, by its number. */
export async function reportOf({ page }: DeskApp, number: string): Promise<Output<'reports.get'>> {
  const { reportId } = await core(page, 'reports.find', { q: number })
  if (!reportId) throw new Error(`${number} is not on this desk`)
  return core(page, 'reports.get', { reportId })
}

/** The stored PDF of a letter as text, byte for letter. */
export const pdfOf = async ({ page }: DeskApp, letterId: string): Promise<string> =>
  page.evaluate(async (id) => {
    const { bridge } = window as unknown as {
      bridge: { invoke(method: string, input: unknown): Promise<unknown> }
    }
    const answer = (await bridge.invoke('letters.pdf', { letterId: id })) as
      { ok: true; value: { bytes: Uint8Array } } | { ok: false; error: { code: string } }
    return answer.ok
      ? [...answer.value.bytes].map((byte) => String.fromCharCode(byte)).join('')
      : answer.error.code
  }, letterId)
