import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Report, ReportState } from '@shared/domain/report.ts'
import type { Change } from '@shared/sync/feed.ts'
import { bench, manyReports } from '../many-reports.ts'
import { prose } from './prose.ts'

/** The clone's folder: this file runs from its own place and from a bundle in the cache. */
export const ROOT = rootAbove(import.meta.dirname)
/** What is worth keeping between runs. */
export const CACHE = join(ROOT, '.cache/bench-sync')
/** Grows with every change of the data set, so that hubs filled earlier are filled anew. */
export const DATA_VERSION = 1
/** States in which a colleague may set a priority and an answer may be written. */
const WORKABLE: readonly string[] = ['verified', 'disposed', 'acknowledged']
/** Reports that are worked on after the mirror; at the hub only these are more than rows of the feed. */
export const WORKED = 200

/** A report as engines without entities keep it: one document, what happened to it inside. */
export interface Doc {
  id: string
  report: Report
  state: ReportState
  entries: unknown[]
}

/** The data set: `count` reports as the feed sends them, two changes each. The same for every engine and round. */
export function* feedReports(count: number): Generator<[report: Change, state: Change]> {
  const resources = join(ROOT, 'resources')
  const texts = prose(resources)
  for (const changes of manyReports(count, resources)) {
    const [report, state] = changes as [Change, Change]
    yield [{ ...report, body: { ...(report.body as Report), body: texts.next().value as string } }, state]
  }
}

/** The same reports as documents. */
export function* documents(count: number): Generator<Doc> {
  for (const [report, state] of feedReports(count))
    yield { id: report.id, report: report.body as Report, state: state.body as ReportState, entries: [] }
}

/** Whether a report may be one of those that are worked on. */
export const isWorkable = (state: ReportState): boolean => WORKABLE.includes(state.state)

/** A document after a colleague's act: another priority, and a line in its timeline. */
export function changed(doc: Doc, n: number): Doc {
  const state = { ...doc.state, priority: nextPriority(doc.state.priority), updatedAt: bench.now + n }
  const entry = {
    id: `00000000-0000-7000-9000-${n.toString(16).padStart(12, '0')}`,
    reportId: doc.id,
    kind: 'system',
    action: 'prioritise',
    actorId: bench.people[0],
    actorName: 'Petugas Pengelola',
    text: '',
    data: { priority: state.priority },
    at: bench.now + n,
  }
  return { ...doc, state, entries: [...doc.entries, entry] }
}

/** Another priority than a report has. */
export const nextPriority = (priority: ReportState['priority']): ReportState['priority'] =>
  priority === 'urgent' ? 'normal' : 'urgent'

/** An answer as a clerk writes it, about 330 letters. */
export const answerText = (n: number): string =>
  `Yth. Warga ${n},\n\nTerima kasih atas laporan Saudara. Petugas Bidang Bina Marga telah meninjau lokasi dan memasang ` +
  `rambu sementara. Perbaikan dijadwalkan mulai hari Senin dan memakan waktu sekitar ${3 + (n % 5)} hari kerja.\n\n` +
  'Hormat kami,\nDinas Pekerjaan Umum dan Penataan Ruang Kabupaten Mimika'

function rootAbove(folder: string): string {
  return existsSync(join(folder, 'package-lock.json')) ? folder : rootAbove(dirname(folder))
}
