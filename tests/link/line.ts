import type { Draw } from '../sim/random.ts'

/** What a line is like; may be changed while it carries something. */
export interface LineQuality {
  /** Bytes per second of each direction; Infinity: as fast as the machine. */
  bytesPerSecond: number
  /** Time there and back, ms. */
  rttMs: number
  /** Share of the segments (0–1) at which the line stands still, and for how long, ms. */
  stallShare: number
  stallMs: number
}

/** Bytes of a packet's load on an ordinary path. */
export const SEGMENT = 1400

/** Bytes of one connection on their way; `deliver` is called when they arrive. */
interface Segment {
  bytes: Buffer
  deliver: (bytes: Buffer) => void
}

/**
 * One direction of a link that all connections share: a queue that is emptied at the line's rate, stands still at some
 * segments, and lets everything arrive half a round trip later, in order.
 */
export class Line {
  stalls = 0
  /** Nothing moves while true; what is under way waits. */
  private held = false
  private readonly queue: Segment[] = []
  private readonly flying: { at: number; segment: Segment }[] = []
  private busy = false
  private wasBusy = false
  private freeAt = 0
  private landing = false
  private readonly quality: LineQuality
  private readonly draw: Draw

  constructor(quality: LineQuality, draw: Draw) {
    this.quality = quality
    this.draw = draw
  }

  /** Whether bytes may pass without being queued at all. */
  get isFree(): boolean {
    const { bytesPerSecond, rttMs, stallShare } = this.quality
    const idle = !this.held && this.queue.length === 0 && this.flying.length === 0
    return idle && bytesPerSecond === Infinity && rttMs === 0 && stallShare === 0
  }

  send(bytes: Buffer, deliver: Segment['deliver']): void {
    if (this.isFree) return deliver(bytes)
    for (let at = 0; at < bytes.length; at += SEGMENT)
      this.queue.push({ bytes: bytes.subarray(at, at + SEGMENT), deliver })
    // An end has no bytes but its place in the order.
    if (bytes.length === 0) this.queue.push({ bytes, deliver })
    this.pump()
  }

  hold(on: boolean): void {
    this.held = on
    this.pump()
    this.land()
  }

  private pump(): void {
    if (this.busy || this.held) return
    const segment = this.queue.shift()
    if (!segment) return
    const { bytesPerSecond, stallShare, stallMs } = this.quality
    const stalls = segment.bytes.length > 0 && this.draw.chance(stallShare)
    if (stalls) this.stalls++
    const takes = (segment.bytes.length / bytesPerSecond) * 1000 + (stalls ? stallMs : 0)
    this.busy = true
    // From where the last one ended, not from when its timer came: timers are late, the rate must hold.
    this.freeAt = (this.wasBusy ? this.freeAt : performance.now()) + takes
    at(this.freeAt, () => {
      this.busy = false
      this.wasBusy = this.queue.length > 0 && !this.held
      this.flying.push({ at: this.freeAt + this.quality.rttMs / 2, segment })
      this.land()
      this.pump()
    })
  }

  private land(): void {
    const next = this.flying[0]
    if (this.landing || this.held || !next) return
    this.landing = true
    at(next.at, () => {
      this.landing = false
      if (this.held) return
      this.flying.shift()
      next.segment.deliver(next.segment.bytes)
      this.land()
    })
  }
}

function at(time: number, run: () => void): void {
  const wait = time - performance.now()
  if (wait <= 0) setImmediate(run)
  else setTimeout(run, wait)
}
