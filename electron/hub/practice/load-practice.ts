import { MAX_MUTATIONS } from '@shared/sync/exchange.ts'
import type { Mutation } from '@shared/sync/mutations.ts'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { mutationFor, officerOf, practiceId, type Cast } from './acts.ts'
import { composeBootstrap, type PracticeRegency } from './compose-bootstrap.ts'
import { PracticeReport } from './files.ts'
import { HubRefusal, LoaderDesk, postOpen311, postV1, type Reach } from './hub-client.ts'
import { Mirror } from './mirror.ts'
import { plan, rounds, type Planned } from './plan.ts'

/** What the loader is given. `dir` is resources/practice; `done` runs from 0 to 1. */
export interface LoadOptions extends Reach {
  dir: string
  now: number
  onProgress?: (step: string, done: number) => void
}

/** What a load did; acts found done by an earlier load are counted apart. `refused` is empty on sound data. */
export interface LoadSummary {
  reports: number
  acts: number
  alreadyDone: number
  messages: number
  closed: number
  refused: { ref: string; act: string; reason: string }[]
}

/**
 * Fills a practice hub through its public doors alone: set-up file, Open311, enrolment, exchange. Every name it uses is
 * the same each time, so a load that was interrupted is finished by running it again. Throws HubRefusal.
 */
export async function loadPractice(options: LoadOptions): Promise<LoadSummary> {
  const { onProgress = () => undefined, dir, now } = options
  onProgress('people', 0)
  const regency = await composeBootstrap(dir)
  const reports = await readReports(dir)
  await importOnce(options, regency)
  const { agencies, services, settings } = regency.bootstrap
  const operator = agencies.find((a) => a.operator)!.id
  const owners = new Map(services.map((s) => [s.id, s.agencyId ?? operator]))
  const owner = (report: PracticeReport) => owners.get(report.service) ?? operator
  const planned = plan(reports, owner, settings[operator]!.calendar, now)
  const load = new Load(options, regency)
  await load.enrol(planned)
  const filings = planned.filter((p) => !p.step)
  for (const [i, filing] of filings.entries()) {
    await load.file(filing)
    if (i % 5 === 0) onProgress('reports', 0.2 + 0.4 * (i / filings.length))
  }
  await load.catchUp()
  const perRound = rounds(planned.filter((p) => p.step))
  for (const [i, round] of perRound.entries()) {
    await load.perform(round)
    onProgress('stories', 0.6 + 0.38 * ((i + 1) / perRound.length))
  }
  const { closed } = (await postV1(options, 'admin/close-silent', {}, options.adminToken)) as {
    closed: number
  }
  onProgress('stories', 1)
  return { ...load.summary, closed }
}

/** Acts after which another office's feed has grown. */
const MOVES: readonly string[] = ['approve_proposal', 'route', 'reopen']

/** All practice reports, of every file under `reports`. Throws ZodError. */
export async function readReports(dir: string): Promise<PracticeReport[]> {
  const folder = join(dir, 'reports')
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))
  return texts.flatMap((text) => PracticeReport.array().parse(JSON.parse(text)))
}

async function importOnce(reach: Reach, { bootstrap }: PracticeRegency): Promise<void> {
  try {
    await postV1(reach, 'admin/bootstrap', bootstrap, reach.adminToken)
  } catch (error) {
    // A hub that is not empty was set up by an earlier load that did not finish.
    if (!(error instanceof HubRefusal && error.code === 'not_allowed')) throw error
  }
}

/** One run over the planned acts, the reports first, then round by round. */
class Load {
  readonly summary: Omit<LoadSummary, 'closed'> = {
    reports: 0,
    acts: 0,
    alreadyDone: 0,
    messages: 0,
    refused: [],
  }
  private readonly mirror = new Mirror()
  private readonly desks = new Map<string, LoaderDesk>()
  /** Agencies whose feed holds nothing that the mirror has not seen. */
  private readonly current = new Set<string>()
  private readonly reportIds = new Map<string, string>()
  private readonly numbers = new Map<string, string>()
  private readonly cast: Cast

  constructor(
    private readonly options: LoadOptions,
    private readonly regency: PracticeRegency,
  ) {
    this.cast = { people: regency.people, mirror: this.mirror, reportIds: this.reportIds }
  }

  /** One device per agency, with everyone signed in who acts there. */
  async enrol(planned: readonly Planned[]): Promise<void> {
    const { people, password, bootstrap } = this.regency
    const actors = new Map<string, Set<string>>()
    for (const act of planned) {
      if (!act.step || act.step.do === 'citizen') continue
      const known = actors.get(act.agencyId) ?? new Set()
      actors.set(act.agencyId, known.add(officerOf(act, people).id))
    }
    for (const { id } of bootstrap.agencies) {
      const desk = await LoaderDesk.enrol(this.options, id, this.mirror)
      this.desks.set(id, desk)
      await Promise.all([...(actors.get(id) ?? [])].map((personId) => desk.signIn(personId, password)))
    }
  }

  /** Reads every office's feed, so that a report is known wherever an earlier load left it. */
  async catchUp(): Promise<void> {
    for (const [agencyId, desk] of this.desks) {
      await desk.exchange()
      this.current.add(agencyId)
    }
  }

  /** One round: citizens speak, then each office sends all its acts in one exchange. */
  async perform(round: readonly Planned[]): Promise<void> {
    for (const act of round) if (act.step!.do === 'citizen') await this.say(act, act.step.text)
    for (const [agencyId, desk] of this.desks) {
      const acts = round.filter((act) => act.agencyId === agencyId && act.step!.do !== 'citizen')
      for (let from = 0; from < acts.length; from += MAX_MUTATIONS)
        await this.send(agencyId, desk, acts.slice(from, from + MAX_MUTATIONS))
    }
  }

  private async send(agencyId: string, desk: LoaderDesk, acts: readonly Planned[]): Promise<void> {
    // What citizens and other offices did meanwhile decides the versions.
    if (!this.current.has(agencyId)) await desk.exchange()
    this.current.add(agencyId)
    for (const { report, step } of acts) {
      this.learnId(report.ref)
      if (step!.do === 'group') this.learnId(step.lead)
    }
    const mutations: Mutation[] = acts.map((act) => mutationFor(act, this.cast))
    const receipts = await desk.exchange(mutations)
    if (acts.some(({ step }) => MOVES.includes(step!.do))) this.current.clear()
    for (const [i, act] of acts.entries()) {
      const receipt = receipts.find((r) => r.mutationId === mutations[i]!.id)
      if (receipt?.outcome === 'applied') this.summary.acts++
      else if (receipt?.outcome === 'duplicate' || receipt?.reason === 'id_reused') this.summary.alreadyDone++
      else this.refuse(act, receipt?.reason ?? 'no_receipt')
    }
  }

  private learnId(ref: string): void {
    const id = this.mirror.idOf(this.numbers.get(ref) ?? '')
    if (id) this.reportIds.set(ref, id)
  }

  private refuse(act: Planned, reason: string): void {
    this.summary.refused.push({ ref: act.report.ref, act: `${act.index}:${act.step!.do}`, reason })
  }

  /** A citizen files the report. */
  async file({ report, at }: Planned): Promise<void> {
    const form = new FormData()
    const set = (name: string, value: string | number | null | undefined) => {
      if (value !== null && value !== undefined && value !== '') form.set(name, String(value))
    }
    set('service_code', report.service)
    set('description', report.body)
    set('address_string', report.address)
    set('lat', report.lat)
    set('long', report.lon)
    set('first_name', report.reporter?.name)
    set('phone', report.reporter?.phone)
    set('email', report.reporter?.email)
    set('attribute[subject]', report.subject)
    set('attribute[district]', report.district)
    set('attribute[anonymous]', report.anonymous && 'true')
    set('attribute[confidential]', report.confidential && 'true')
    set('attribute[client_ref]', report.ref)
    for (const name of report.photos ?? []) {
      const bytes = await readFile(join(this.options.dir, 'photos', name))
      form.append('media', new Blob([bytes], { type: 'image/jpeg' }), name)
    }
    const { service_request_id: number } = await postOpen311(this.options, 'requests', form, at)
    this.numbers.set(report.ref, String(number))
    this.current.clear()
    this.summary.reports++
  }

  /** A citizen adds something. */
  private async say({ report, index, at }: Planned, text: string): Promise<void> {
    const form = new URLSearchParams({
      service_request_id: this.numbers.get(report.ref)!,
      update_id: practiceId(`${report.ref}/${index}`),
      description: text,
      status: 'UNCHANGED',
      updated_datetime: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
    })
    await postOpen311(this.options, 'servicerequestupdates', form, at)
    this.summary.messages++
    this.current.clear()
  }
}
