import { MIN_PROTOCOL, PROTOCOL, type ExchangeRequest } from './exchange.ts'

/** The versions one side speaks, both ends included. */
export interface Spoken {
  newest: number
  oldest: number
}

/** What this build speaks, as desk and as hub. */
export const SPOKEN: Spoken = { newest: PROTOCOL, oldest: MIN_PROTOCOL }

/** The newest version both sides speak, or who has to be updated. */
export function agree(desk: Spoken, hub: Spoken): number | 'hub_too_old' | 'hub_too_new' {
  if (hub.newest < desk.oldest) return 'hub_too_old'
  if (hub.oldest > desk.newest) return 'hub_too_new'
  return Math.min(desk.newest, hub.newest)
}

/** What each version added to `want`: an older hub refuses a field it does not know. */
const ADDED: readonly { since: number; fields: readonly (keyof ExchangeRequest['want'])[] }[] = [
  { since: 2, fields: ['order', 'digest', 'echo'] },
]

/** The request in the words of `protocol`. */
export function requestIn(protocol: number, request: ExchangeRequest): ExchangeRequest {
  const unknown = ADDED.filter(({ since }) => since > protocol).flatMap(({ fields }) => fields)
  const want = { ...request.want }
  for (const field of unknown) delete want[field]
  return { ...request, protocol, want }
}
