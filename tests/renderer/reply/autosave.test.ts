import { expect, test } from 'vitest'
import { createAutosave, type SaveState } from '../../../renderer/features/reply/autosave.ts'

/** Timers that run when told to. */
function fakeTimers() {
  let queue: { run: () => void; ms: number }[] = []
  return {
    set: (run: () => void, ms: number) => {
      const timer = { run, ms }
      queue.push(timer)
      return timer
    },
    clear: (timer: unknown) => {
      queue = queue.filter((t) => t !== timer)
    },
    delays: () => queue.map((t) => t.ms),
    fire: () => {
      const due = queue
      queue = []
      for (const t of due) t.run()
    },
  }
}

function harness() {
  const timers = fakeTimers()
  const states: SaveState[] = []
  const saved: string[] = []
  const gates: { open: () => void; fail: (code: string) => void }[] = []
  const autosave = createAutosave<string>({
    timers,
    onState: (state) => states.push(state),
    save: (value) =>
      new Promise((resolve, reject) => {
        gates.push({
          open: () => {
            saved.push(value)
            resolve(saved.length)
          },
          fail: (code) => reject(Object.assign(new Error(code), { code })),
        })
      }),
  })
  const settleAll = () => new Promise((resolve) => setTimeout(resolve, 0))
  return { timers, states, saved, gates, autosave, settleAll, last: () => states.at(-1) }
}

// Verifies DRAFT-01
test('typing is written after at most 400 ms of quiet, as one write', async () => {
  const h = harness()
  h.autosave.change('J')
  h.autosave.change('Ja')
  h.autosave.change('Jalan')
  expect(h.timers.delays()).toEqual([350])
  h.timers.fire()
  h.gates[0]!.open()
  await h.settleAll()
  expect(h.saved).toEqual(['Jalan'])
  expect(h.last()).toEqual({ name: 'saved', at: 1 })
})

// Verifies DRAFT-01
test('what is typed during a write is written next, never lost and never out of order', async () => {
  const h = harness()
  h.autosave.change('satu')
  h.timers.fire()
  h.autosave.change('satu dua')
  h.gates[0]!.open()
  await h.settleAll()
  expect(h.last()).toEqual({ name: 'saving' })
  h.gates[1]!.open()
  await h.settleAll()
  expect(h.saved).toEqual(['satu', 'satu dua'])
})

// Verifies DRAFT-01
test('a failed write keeps the text, says why and tries again by itself', async () => {
  const h = harness()
  h.autosave.change('isi')
  h.timers.fire()
  h.gates[0]!.fail('disk_full')
  await h.settleAll()
  expect(h.last()).toEqual({ name: 'failed', code: 'disk_full' })
  expect(h.timers.delays()).toEqual([3000])
  h.timers.fire()
  h.gates[1]!.open()
  await h.settleAll()
  expect(h.saved).toEqual(['isi'])
})

test('a newer text replaces the failed one on the next try', async () => {
  const h = harness()
  h.autosave.change('lama')
  h.timers.fire()
  h.autosave.change('baru')
  h.gates[0]!.fail('db_busy')
  await h.settleAll()
  h.timers.fire()
  h.gates[1]!.open()
  await h.settleAll()
  expect(h.saved).toEqual(['baru'])
})

// Verifies DRAFT-01
test('leaving the screen writes at once what was not written', async () => {
  const h = harness()
  h.autosave.change('tertulis saat keluar')
  const closed = h.autosave.close()
  h.gates[0]!.open()
  await closed
  expect(h.saved).toEqual(['tertulis saat keluar'])
  expect(h.timers.delays()).toEqual([])
})
