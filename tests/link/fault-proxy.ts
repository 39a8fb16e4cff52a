import {
  createServer,
  request as forward,
  type ClientRequest,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Certificate } from './certificate.ts'
import { carriesActs, bytesOf } from './fault-bodies.ts'
import { ANSWERS, cutShort, type AnswerFault, type BodyFault } from './fault-answers.ts'

/**
 * What becomes of a request on its way to the hub and back.
 * - `open` passes it; `closed` hangs up on it; `silent` takes it and never answers.
 * - Somebody else answers: see ANSWERS.
 * - `cut_request`: half of its body reaches the hub, then both sides are hung up on. `lost_request`: none does.
 * - `lost_answer`: the hub has done it, and nobody hears. `twice`: the hub gets it two times, the second answer counts.
 * - The answer arrives damaged: see BodyFault.
 */
export type Fault =
  | 'open'
  | 'closed'
  | 'silent'
  | 'cut_request'
  | 'lost_request'
  | 'lost_answer'
  | 'twice'
  | AnswerFault
  | BodyFault

/** Which requests a single fault waits for. */
export type Target = 'any' | 'exchange' | 'acts' | 'file'

/** The link of one PC at the level of HTTP: it enrols at this address, and the test decides what passes. */
export interface FaultProxy {
  url: string
  /**
   * What becomes of every request that `target` names, from now on; without a target of all, whatever was said before.
   * `closed` also hangs up on those under way.
   */
  set(fault: Fault, target?: Target): void
  /**
   * What becomes of the next request that `target` names, whatever stands otherwise; several wait in the order given.
   * `meanwhile` runs when the request is here (and, where it reaches the hub, after the hub has answered). Resolves when
   * the fault has happened.
   */
  next(fault: Fault, target?: Target, meanwhile?: () => Promise<void>): Promise<void>
  /** Answers from now on with another certificate: somebody else has stepped into the line. Only of a TLS front. */
  present(certificate: Certificate): void
  close(): Promise<void>
}

interface Waiting {
  fault: Fault
  target: Target
  meanwhile: () => Promise<void>
  done: () => void
  failed: (error: unknown) => void
}

interface Passing {
  request: IncomingMessage
  answer: ServerResponse
  body: Buffer
}

/** Puts a proxy before a hub; with a `certificate` it speaks TLS. */
export async function openFaultProxy(hubUrl: string, certificate?: Certificate): Promise<FaultProxy> {
  let standing: { fault: Fault; target: Target }[] = []
  const waiting: Waiting[] = []
  const answers = new Set<ServerResponse>()

  const toHub = ({ request, answer }: Passing) => {
    const { method, headers, url } = request
    const onward = forward(`${hubUrl}${url}`, { method, headers: { ...headers, host: new URL(hubUrl).host } })
    onward.once('error', () => answer.destroy())
    answer.once('close', () => onward.destroy())
    return onward
  }
  const ask = async (passing: Passing): Promise<{ response: IncomingMessage; heard: Buffer }> => {
    const onward = toHub(passing)
    onward.end(passing.body)
    const response = await responseOf(onward)
    return { response, heard: await bytesOf(response) }
  }

  const suffer = async (passing: Passing, fault: Fault, meanwhile: () => Promise<void>): Promise<void> => {
    const { request, answer, body } = passing
    if (fault in ANSWERS) {
      await meanwhile()
      return ANSWERS[fault as AnswerFault](answer)
    }
    if (fault === 'silent') return meanwhile()
    if (fault === 'closed' || fault === 'lost_request') {
      await meanwhile()
      return void answer.destroy()
    }
    if (fault === 'cut_request') {
      const onward = toHub(passing)
      onward.write(body.subarray(0, Math.floor(body.length / 2)))
      await meanwhile()
      onward.destroy()
      return void request.socket.resetAndDestroy()
    }
    if (fault === 'twice') await ask(passing)
    const { response, heard } = await ask(passing)
    await meanwhile()
    if (fault === 'lost_answer') return void answer.destroy()
    if (fault === 'open' || fault === 'twice') {
      answer.writeHead(response.statusCode ?? 502, response.headers)
      return void answer.end(heard)
    }
    cutShort(fault as BodyFault, answer, response, heard)
  }

  const pass = async (request: IncomingMessage, answer: ServerResponse): Promise<void> => {
    answers.add(answer)
    answer.once('close', () => answers.delete(answer))
    // Who hangs up or falls silent does not listen to the end first.
    const [first] = standing
    if (waiting.length === 0 && first?.target === 'any' && !needsBody(first.fault))
      return first.fault === 'closed' ? void answer.destroy() : undefined
    const body = await bytesOf(request)
    const meant = ({ target }: { target: Target }) => isMeant(target, request, body)
    const index = waiting.findIndex(meant)
    const [one] = index < 0 ? [] : waiting.splice(index, 1)
    if (!one) {
      const fault = standing.find(meant)?.fault ?? 'open'
      return suffer({ request, answer, body }, fault, () => Promise.resolve())
    }
    await suffer({ request, answer, body }, one.fault, one.meanwhile).then(one.done, (error: unknown) => {
      answer.destroy()
      one.failed(error)
    })
  }
  const listener: RequestListener = (request, answer) => {
    pass(request, answer).catch(() => answer.destroy())
  }
  const tls = certificate ? createTlsServer(certificate, listener) : null
  const server = tls ?? createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const hangUp = () => {
    for (const answer of answers) answer.destroy()
  }
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set(fault, target = 'any') {
      standing = target === 'any' ? [{ fault, target }] : [{ fault, target }, ...standing]
      if (fault === 'closed') hangUp()
    },
    next: (fault, target = 'any', meanwhile = () => Promise.resolve()) =>
      new Promise((done, failed) => waiting.push({ fault, target, meanwhile, done, failed })),
    present(other) {
      tls?.setSecureContext(other)
      hangUp()
      server.closeAllConnections()
    },
    close: () =>
      new Promise((done) => {
        hangUp()
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

const responseOf = (onward: ClientRequest) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    onward.once('response', resolve)
    onward.once('error', reject)
  })

const needsBody = (fault: Fault) => fault !== 'closed' && fault !== 'silent'

function isMeant(target: Target, request: IncomingMessage, body: Buffer): boolean {
  const path = request.url ?? ''
  switch (target) {
    case 'any':
      return true
    case 'exchange':
      return path === '/v1/exchange'
    case 'acts':
      return path === '/v1/exchange' && carriesActs(request, body)
    case 'file':
      return /^\/v1\/(attachments|uploads)\//.test(path) && request.method !== 'HEAD'
  }
}
