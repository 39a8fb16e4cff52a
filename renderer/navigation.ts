import { useSyncExternalStore } from 'react'

/** Every screen that can be gone to. `report` lives inside `inbox`. */
export type PlaceName = 'inbox' | 'reply' | 'approval' | 'letters' | 'register' | 'sync-center' | 'settings'
export type Params = Readonly<Record<string, string>>
/** Where the person is: a place and what it shows. */
export interface Location {
  place: PlaceName
  params: Params
}

const PLACES: readonly PlaceName[] = [
  'inbox',
  'reply',
  'approval',
  'letters',
  'register',
  'sync-center',
  'settings',
]

function read(hash: string): Location {
  const [name = '', search = ''] = hash.replace(/^#\/?/, '').split('?')
  const place = PLACES.find((known) => known === name) ?? 'inbox'
  return { place, params: Object.fromEntries(new URLSearchParams(search)) }
}

/** The hash of a location; empty parameters are left out. */
export function hashOf(place: PlaceName, params: Params = {}): string {
  const search = new URLSearchParams(Object.entries(params).filter(([, value]) => value !== '')).toString()
  return `#/${place}${search ? `?${search}` : ''}`
}

let current = read(globalThis.location?.hash ?? '')
const listeners = new Set<() => void>()

function update() {
  current = read(globalThis.location.hash)
  for (const listener of listeners) listener()
}
globalThis.addEventListener?.('hashchange', update)
globalThis.addEventListener?.('popstate', update)

/** Goes to a place; the back key returns. Features reach one another only this way. */
export function go(place: PlaceName, params: Params = {}): void {
  globalThis.history.pushState(null, '', hashOf(place, params))
  update()
}

/** Changes what the present place shows without a new step in the history; `''` removes a parameter. */
export function showHere(params: Params): void {
  globalThis.history.replaceState(null, '', hashOf(current.place, { ...current.params, ...params }))
  update()
}

/** The present location, outside React. */
export const locationNow = (): Location => current

/** The present location; re-renders on change. */
export const useLocation = (): Location =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    locationNow,
    locationNow,
  )

/** Opens a report inside the inbox. */
export const openReport = (reportId: string): void => go('inbox', { view: 'all', report: reportId })
/** Opens the reply editor of a report; `kind` is `acknowledgement` or `final`. */
export const openReply = (
  reportId: string,
  kind: 'acknowledgement' | 'final' | '' = '',
  replyId = '',
): void => go('reply', { report: reportId, kind, reply: replyId })
/** Opens the letters screen on a new or existing letter of a report. */
export const openLetters = (params: {
  kind?: string
  report?: string
  reply?: string
  disposition?: string
  letter?: string
}): void =>
  go('letters', Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined)))
