import type { Answer, Input, Method } from '@shared/ipc/contract.ts'

/** What the preload offers; nothing else of Electron reaches the renderer. */
export interface Bridge {
  invoke<M extends Method>(method: M, input: Input<M>): Promise<Answer<M>>
  /** Calls back with the topics that went stale; returns the way to stop. */
  onStale(callback: (topics: string[]) => void): () => void
}

declare global {
  interface Window {
    bridge: Bridge
  }
}
