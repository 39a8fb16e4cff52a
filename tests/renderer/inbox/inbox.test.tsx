// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { AppError } from '@shared/ipc/errors.ts'
import InboxScreen from '../../../renderer/features/inbox/screen.tsx'
import { locationNow, showHere } from '../../../renderer/navigation.ts'
import { FakeBridge } from '../../fakes/fake-bridge/fake-bridge.ts'
import { NOW, renderOver } from '../support/render-app.tsx'

const Detail = ({ reportId }: { reportId: string }) => <p>detail {reportId}</p>
const inbox = async (bridge?: FakeBridge) => {
  const over = renderOver(<InboxScreen detail={Detail} />, bridge)
  const list = await screen.findByRole('listbox')
  const active = () => list.getAttribute('aria-activedescendant')?.replace('report-row-', '') ?? null
  const rows = () =>
    within(list)
      .getAllByRole('option')
      .map((row) => row.id.replace('report-row-', ''))
  return { ...over, list, active, rows }
}

test('j and k move, Enter opens, Escape returns to the list', async () => {
  const { user, active, rows } = await inbox()
  const [first, second] = rows()
  await waitFor(() => expect(active()).toBe(first))
  await user.keyboard('j')
  expect(active()).toBe(second)
  await user.keyboard('k')
  expect(active()).toBe(first)
  await user.keyboard('j{Enter}')
  expect(locationNow().params.report).toBe(second)
  expect(screen.getByText(`detail ${second}`)).toBeTruthy()
  await user.keyboard('{Escape}')
  expect(locationNow().params.report).toBeUndefined()
})

test('arrows do the same in the list, o opens, and moving reads on while a report is open', async () => {
  const { user, list, active, rows } = await inbox()
  list.focus()
  await user.keyboard('{ArrowDown}o')
  expect(locationNow().params.report).toBe(rows()[1])
  await user.keyboard('j')
  expect(locationNow().params.report).toBe(rows()[2])
  await user.keyboard('{Home}')
  expect(active()).toBe(rows()[0])
})

test('x ticks and offers what can be done to several', async () => {
  const { user } = await inbox()
  await user.keyboard('xjx')
  const bar = await screen.findByRole('toolbar', { name: '2 ditandai' })
  expect(within(bar).getByRole('button', { name: /Gabung sebagai duplikat/ })).toBeTruthy()
})

// Verifies SYNC-04: each report is an act of its own.
test('of several acts one is refused: the others are done, and the refused one stays ticked with its reason', async () => {
  let refuse = ''
  const done: string[] = []
  const bridge = new FakeBridge({ count: 40, now: NOW }, () => ({
    'reports.triage': ({ reportId }) => {
      if (reportId === refuse) throw new AppError('wrong_state')
      done.push(reportId)
      return { mutationId: reportId, undoUntil: null }
    },
  }))
  const { user, rows } = await inbox(bridge)
  const [first, second, third] = rows()
  refuse = second!
  await user.keyboard('xjxjx')
  await user.click(await screen.findByRole('button', { name: 'Jadikan milik saya' }))
  const told = await screen.findByRole('alert')
  expect(told.textContent).toContain('1 laporan tidak berubah dan tetap ditandai')
  const { number } = bridge.world.reports.find((one) => one.report.id === second)!.report
  expect(told.textContent).toContain(number)
  expect(done).toEqual([first, third])
  expect(screen.getByRole('toolbar', { name: '1 ditandai' })).toBeTruthy()
  refuse = ''
  await user.click(screen.getByRole('button', { name: 'Jadikan milik saya' }))
  await waitFor(() => expect(screen.queryByRole('toolbar', { name: /ditandai/ })).toBeNull())
  expect(done).toEqual([first, third, second])
})

test('keys are letters while someone writes', async () => {
  const { user, active } = await inbox()
  const before = active()
  const field = document.body.appendChild(document.createElement('input'))
  field.focus()
  await user.keyboard('jjx')
  expect(field.value).toBe('jjx')
  expect(active()).toBe(before)
  field.remove()
})

test('an update never moves the active report', async () => {
  const { user, bridge, active, settle } = await inbox()
  await user.keyboard('jj')
  const held = active()
  bridge.world.reports.find((one) => one.report.id !== held)!.state.clockStartedAt -= 90 * 86_400_000
  bridge.stale('reports')
  await settle()
  expect(active()).toBe(held)
})

test('a report that leaves the view hands its place to the next one', async () => {
  const { user, bridge, active, rows, settle } = await inbox()
  await user.keyboard('j')
  const [, leaving, next] = rows()
  bridge.world.reports = bridge.world.reports.filter((one) => one.report.id !== leaving)
  bridge.stale('reports')
  await settle()
  expect(active()).toBe(next)
})

test('anonymous and confidential are words in the row, unread is said', async () => {
  const { list } = await inbox(new FakeBridge({ count: 12, now: NOW }))
  const row = within(list).getByRole('option', { name: /Pungutan di loket/ })
  expect(row.textContent).toMatch(/belum dibaca/)
  expect(row.textContent).toMatch(/Anonim/)
  expect(row.textContent).toMatch(/Rahasia/)
})

test('the most pressing comes first, under its heading with the true count', async () => {
  const { list } = await inbox()
  const late = within(list).getAllByRole('option')[0]!
  expect(late.textContent).toMatch(/terlambat \d+ HK/)
  expect(list.textContent).toMatch(/^Terlambat \d+/)
})

test('search marks what matched, and nothing found says what to try', async () => {
  const { settle } = await inbox()
  showHere({ q: 'jembatan' })
  await settle()
  await waitFor(() => expect(document.querySelector('mark')?.textContent?.toLowerCase()).toBe('jembatan'))
  showHere({ q: 'tidakadasamasekali' })
  expect(await screen.findByText('Tidak ada yang cocok')).toBeTruthy()
})

test('a refused list says what happened and tries again', async () => {
  const bridge = new FakeBridge({ count: 5, now: NOW })
  bridge.fail('reports.list', 'db_busy')
  const { user } = renderOver(<InboxScreen detail={Detail} />, bridge)
  expect((await screen.findByRole('alert')).textContent).toContain('Kode: db_busy')
  bridge.fail('reports.list', null)
  await user.click(screen.getByRole('button', { name: 'Coba lagi' }))
  expect(await screen.findByRole('listbox')).toBeTruthy()
})

test('an empty view teaches the next step', async () => {
  renderOver(<InboxScreen detail={Detail} />, new FakeBridge({ count: 0, now: NOW }))
  expect(await screen.findByText('Belum ada laporan')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Lihat keadaan sinkron' })).toBeTruthy()
})

test('a search says that the index is still being made, and stops saying it when it is done', async () => {
  const bridge = new FakeBridge()
  bridge.world.indexing = { done: 62, total: 100 }
  await inbox(bridge)
  const words = /Indeks pencarian sedang disusun/
  expect(screen.queryByText(words)).toBeNull()
  showHere({ q: 'jalan' })
  expect((await screen.findByText(words)).textContent).toBe(
    'Indeks pencarian sedang disusun (62 %) — hasil belum lengkap',
  )
  bridge.world.indexing = null
  bridge.world.stale('reports')
  await waitFor(() => expect(screen.queryByText(words)).toBeNull())
})
