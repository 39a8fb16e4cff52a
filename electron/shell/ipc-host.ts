import { ipcMain, type IpcMainInvokeEvent } from 'electron'
import { INVOKE_CHANNEL } from '@shared/ipc/channels.ts'
import { APP_ORIGIN } from './guards.ts'

/** Whether a call comes from the top frame of our own page: no sub-frame, no other origin, no destroyed frame. */
export function isTrustedSender(frame: IpcMainInvokeEvent['senderFrame']): boolean {
  if (!frame || frame.parent !== null) return false
  const url = URL.canParse(frame.url) ? new URL(frame.url) : null
  return url !== null && `${url.protocol}//${url.host}` === APP_ORIGIN
}

/** The only listener of the bridge. Input is validated by the core against the contract. */
export function hostIpc(dispatch: (method: string, input: unknown) => Promise<unknown>): void {
  ipcMain.handle(INVOKE_CHANNEL, async (event, method: unknown, input: unknown) => {
    if (!isTrustedSender(event.senderFrame) || typeof method !== 'string') {
      return { ok: false, error: { code: 'not_allowed', message: 'untrusted sender' } }
    }
    return dispatch(method, input)
  })
}
