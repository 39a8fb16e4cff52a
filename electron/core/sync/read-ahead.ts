import type { ExchangeRequest } from '@shared/sync/exchange.ts'
import type { Traffic } from '../hub-client/port.ts'
import type { SyncContext } from './context.ts'

/** Asks for the page after `cursor`. It carries no acts, so that an answer nobody waits for any more loses nothing. */
export function readAhead(ctx: SyncContext, request: ExchangeRequest): void {
  const traffic: Traffic = { bytesUp: 0, bytesDown: 0 }
  const answer = ctx.client.exchange(request, traffic).catch(() => null)
  ctx.ahead = { request, traffic, answer }
}

/**
 * The page that was asked for ahead, if it is the one that this exchange would ask for. Beside acts it is not: a page read
 * before their effect must not be taken for one read after it.
 */
export async function takeAhead(ctx: SyncContext, request: ExchangeRequest, traffic: Traffic) {
  const { ahead } = ctx
  ctx.ahead = null
  const fits =
    ahead?.request.cursor === request.cursor && request.mutations.length === 0 && request.want.maxChanges > 0
  if (!ahead || !fits) return null
  const response = await ahead.answer
  traffic.bytesUp += ahead.traffic.bytesUp
  traffic.bytesDown += ahead.traffic.bytesDown
  return response && { request: ahead.request, response }
}
