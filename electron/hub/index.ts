/** The hub's front door. */
export { createHub, type HubOptions, type RunningHub } from './server.ts'
export type { BootstrapInput } from './bootstrap.ts'
