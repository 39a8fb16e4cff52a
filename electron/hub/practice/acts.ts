import { approvalText } from '@shared/domain/reply.ts'
import type { Person } from '@shared/domain/person.ts'
import type { Mutation, MutationKind, MutationPayload } from '@shared/sync/mutations.ts'
import { createHash } from 'node:crypto'
import type { Step } from './files.ts'
import type { Mirror } from './mirror.ts'
import type { Planned } from './plan.ts'

/** What turning a step into a mutation needs to look up. */
export interface Cast {
  people: ReadonlyMap<string, Person>
  mirror: Mirror
  /** Practice ref → report id, for those already filed. */
  reportIds: ReadonlyMap<string, string>
}

const SUPERVISORS_ACTS: readonly Step['do'][] = [
  'approve',
  'return',
  'approve_proposal',
  'reject_proposal',
  'schedule',
  'clear_flags',
]
const DAY = 86_400_000

const digest = (value: string) => createHash('sha256').update(value).digest('hex')

/** The same UUID for the same name on every load, so that a second load finds everything done (SYNC-02). */
export function practiceId(name: string): string {
  const h = digest(`meja-lapor/practice/${name}`)
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`
}

/** Who does a step: the officer it names, or the one who usually does. Throws when there is no such person. */
export function officerOf({ step, agencyId }: Planned, people: ReadonlyMap<string, Person>): Person {
  const { by } = step!
  const usual = SUPERVISORS_ACTS.includes(step!.do) ? 'kadis' : 'petugas'
  const operators = usual === 'kadis' ? 'pejabat' : 'operator'
  const name = by ?? (agencyId === 'OPERATOR' ? operators : usual)
  return personNamed(name, agencyId, people)
}

function personNamed(name: string, agencyId: string, people: ReadonlyMap<string, Person>): Person {
  const person = people.get(name.includes('.') ? name : `${agencyId}.${name}`)
  if (!person) throw new Error(`no practice person ${name} in ${agencyId}`)
  return person
}

/** The reply a step is about: a resubmission keeps its reply, any other submission starts a new one. */
function replyIdAt({ report, index }: Planned): string {
  let count = 0
  let mayResubmit = false
  for (const step of report.story.slice(0, index + 1)) {
    if (step.do === 'submit' && !mayResubmit) count++
    if (step.do === 'return' || step.do === 'withdraw') mayResubmit = true
    else if (step.do === 'submit' || step.do === 'approve') mayResubmit = false
  }
  return practiceId(`${report.ref}/reply/${count}`)
}

/** The mutation that carries out a planned step, on the versions the mirror knows. */
export function mutationFor(act: Planned, cast: Cast): Mutation {
  const person = officerOf(act, cast.people)
  const reportId = cast.reportIds.get(act.report.ref)!
  const build = <K extends MutationKind>(kind: K, payload: MutationPayload<K>): Mutation => {
    const { state } = cast.mirror.held(reportId)
    const reply = kind.startsWith('reply.')
      ? (cast.mirror.reply(replyIdAt(act))?.version ?? 0)
      : state.version
    const id = practiceId(`${act.report.ref}/${act.index}`)
    return {
      id,
      personId: person.id,
      reportId,
      baseVersion: reply,
      madeAt: act.at,
      v: 1,
      kind,
      payload,
    } as Mutation
  }
  return payloadOf(act, cast, reportId, build)
}

type Build = <K extends MutationKind>(kind: K, payload: MutationPayload<K>) => Mutation

function payloadOf(act: Planned, cast: Cast, reportId: string, build: Build): Mutation {
  const step = act.step!
  switch (step.do) {
    case 'verify':
      return build('report.verify', {
        class: step.class,
        oversight: step.oversight ?? false,
        priority: step.priority ?? 'normal',
      })
    case 'classify':
      return build('report.classify', { class: step.class, oversight: false })
    case 'prioritise':
      return build('report.prioritise', { priority: step.priority })
    case 'set_flags':
      return build('report.set_flags', { anonymous: step.anonymous, confidential: step.confidential })
    case 'clear_flags': {
      const { anonymous, confidential, reason } = step
      return build('report.clear_flags', { anonymous, confidential, reason })
    }
    case 'ask_citizen':
      return build('report.ask_citizen', { question: step.question, reason: step.reason })
    case 'resume':
      return build('report.resume', { note: step.note })
    case 'dispose':
      return build('report.dispose', disposition(act, step, cast))
    case 'note':
      return build('report.note', { text: step.text })
    case 'propose_referral':
      return build('report.propose_referral', { agencyId: step.target, reason: step.reason })
    case 'propose_archive':
      return build('report.propose_archive', { reason: step.reason })
    case 'approve_proposal':
      return build('report.approve_proposal', {})
    case 'reject_proposal':
      return build('report.reject_proposal', { reason: step.reason })
    case 'schedule':
      return build('report.schedule', { reviewOn: dateAfter(act.at, step.inDays), reason: step.reason })
    case 'group':
      return build('report.group', { leadId: cast.reportIds.get(step.lead)! })
    case 'ungroup':
      return build('report.ungroup', {})
    case 'route':
      return build('report.route', { agencyId: step.target })
    case 'reopen':
      return build('report.reopen', { reason: step.reason })
    case 'submit':
      return build('reply.submit', submission(act, step, reportId, cast))
    case 'withdraw':
      return build('reply.withdraw', { replyId: replyIdAt(act) })
    case 'approve': {
      const { id, hash, reportVersion } = replyNow(act, cast)
      return build('reply.approve', { replyId: id, hash, reportVersion })
    }
    case 'return': {
      const { id, hash } = replyNow(act, cast)
      return build('reply.return', { replyId: id, hash, reason: step.reason })
    }
    case 'citizen':
      throw new Error('a citizen message is no mutation')
  }
}

function disposition(
  act: Planned,
  step: Extract<Step, { do: 'dispose' }>,
  cast: Cast,
): MutationPayload<'report.dispose'> {
  const urgency = step.urgency ?? 'biasa'
  return {
    dispositionId: practiceId(`${act.report.ref}/${act.index}/disposition`),
    toIds: step.to.map((name) => personNamed(name, act.agencyId, cast.people).id),
    units: step.units,
    instructions: step.instructions,
    note: step.note,
    dueOn: urgency === 'biasa' ? null : dateAfter(act.at, urgency === 'segera' ? 4 : 2),
    urgency,
  }
}

function submission(
  act: Planned,
  step: Extract<Step, { do: 'submit' }>,
  reportId: string,
  { mirror }: Cast,
): MutationPayload<'reply.submit'> {
  const { report, state } = mirror.held(reportId)
  const { anonymous, confidential } = state.body
  const { kind, body } = step
  const covered = {
    reportId,
    reportVersion: report.version,
    kind,
    body,
    attachments: [],
    anonymous,
    confidential,
  }
  const hash = digest(approvalText(covered))
  return { replyId: replyIdAt(act), kind, body, attachments: [], hash, reportVersion: report.version }
}

function replyNow(act: Planned, { mirror }: Cast) {
  const reply = mirror.reply(replyIdAt(act))
  if (!reply) throw new Error(`${act.report.ref}: no reply to decide`)
  return reply.body
}

/** Office date `days` after a moment; WIT is the practice regency's zone. */
const dateAfter = (at: number, days: number): string =>
  new Date(at + 9 * 3_600_000 + days * DAY).toISOString().slice(0, 10)
