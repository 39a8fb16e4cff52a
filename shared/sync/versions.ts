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

/** What each version added: an older hub refuses a field it does not know. */
const ADDED: readonly {
  since: number
  want: readonly (keyof ExchangeRequest['want'])[]
  request: readonly ('numbers' | 'offering')[]
}[] = [
  { since: 2, want: ['order', 'digest', 'echo'], request: ['numbers', 'offering'] },
  { since: 3, want: ['maxBytes'], request: [] },
]

/** The request in the words of `protocol`. */
export function requestIn(protocol: number, request: ExchangeRequest): ExchangeRequest {
  const told = { ...request, protocol, want: { ...request.want } }
  for (const added of ADDED.filter(({ since }) => since > protocol)) {
    for (const field of added.want) delete told.want[field]
    for (const field of added.request) delete told[field]
  }
  return told
}
