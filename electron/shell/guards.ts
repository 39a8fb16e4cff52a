import { app, type Session, type WebContents } from 'electron'

/** Origin of the app's own pages; nothing else may be navigated to or call main. */
export const APP_ORIGIN = 'app://bundle'

const deny = (event: { preventDefault(): void }) => event.preventDefault()

function guardContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-attach-webview', deny)
  contents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', deny)
}

function isOwnPage(url: string): boolean {
  const parsed = URL.canParse(url) ? new URL(url) : null
  // Only the page itself: any other file of the bundle would leave the person with no way back.
  return (
    parsed !== null &&
    `${parsed.protocol}//${parsed.host}` === APP_ORIGIN &&
    (parsed.pathname === '/' || parsed.pathname === '/index.html')
  )
}

/** Blocks windows, navigation and webviews in every page there will ever be. Call before `ready`. */
export function guardAllContents(): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents))
}

/** The only permission: to put text on the clipboard when a person presses a copy button. Reading stays denied. */
const COPY = 'clipboard-sanitized-write'

/** Denies every permission but copying, and every request that is not one of `schemes`. */
export function guardSession(session: Session, schemes: readonly string[]): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === COPY))
  session.setPermissionCheckHandler((_contents, permission) => permission === COPY)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  session.setSpellCheckerEnabled(false)
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !schemes.includes(new URL(details.url).protocol) })
  })
}
