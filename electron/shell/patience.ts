/** Where a request is: no connection yet, sending, waiting for the answer, reading it. */
export type RequestPhase = 'connect' | 'send' | 'answer' | 'body'

/** Limits of the phases, ms; sending and reading may each be silent for `silenceMs`. */
export interface PhaseLimits {
  connectMs: number
  answerMs: number
  silenceMs: number
}

/** Watches one request: `at` notes its phase or a sign of life within it; `stop` ends the watch. */
export function watchPatience(
  limits: PhaseLimits,
  giveUp: (phase: RequestPhase, ms: number) => void,
  after: (ms: number, run: () => void) => () => void,
): { at(phase: RequestPhase): void; stop(): void } {
  const limitOf = (phase: RequestPhase) =>
    phase === 'connect' ? limits.connectMs : phase === 'answer' ? limits.answerMs : limits.silenceMs
  let cancel = () => {}
  return {
    at(phase) {
      cancel()
      const ms = limitOf(phase)
      cancel = after(ms, () => giveUp(phase, ms))
    },
    stop: () => cancel(),
  }
}
