/** The core's front door: all that the shell and the tests may import. */
export type {
  FetchAnswer,
  FetchFailure,
  FetchRequest,
  Host,
  PdfRequest,
  PickedFile,
  PracticeHub,
} from './host.ts'
export type {
  FromWorker,
  HostCalls,
  HostFailure,
  HostMethod,
  PowerEvent,
  ToWorker,
} from './worker-protocol.ts'
