import { contextBridge, ipcRenderer } from 'electron'
import { INVOKE_CHANNEL, STALE_CHANNEL } from '@shared/ipc/channels.ts'

// The whole bridge. Payloads are checked in main against the contract; the event object never reaches the page.
contextBridge.exposeInMainWorld('bridge', {
  invoke: (method: string, input: unknown): Promise<unknown> =>
    ipcRenderer.invoke(INVOKE_CHANNEL, method, input),
  onStale: (listener: (topics: string[]) => void): (() => void) => {
    const relay = (_event: unknown, topics: string[]) => listener(topics)
    ipcRenderer.on(STALE_CHANNEL, relay)
    return () => {
      ipcRenderer.removeListener(STALE_CHANNEL, relay)
    }
  },
})
