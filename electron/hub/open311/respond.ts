import type { Open311Error } from '@shared/open311/georeport.ts'
import type { FastifyReply } from 'fastify'
import { toXml, type Value } from './xml.ts'

/** `xml` is the standard's mandatory format, `json` its optional one. */
export type Format = 'xml' | 'json'
export const FORMATS: readonly Format[] = ['xml', 'json']

/** Several complaints at once; sent as the standard's error list. */
export class Open311Fault extends Error {
  constructor(readonly errors: readonly Open311Error[]) {
    super('open311')
  }
}

/** One complaint. */
export const fault = (code: number, description: string): Open311Fault =>
  new Open311Fault([{ code, description }])

/** Throws the complaints, if any. */
export function throwErrors(errors: readonly Open311Error[]): void {
  if (errors.length > 0) throw new Open311Fault(errors)
}

/** Sends an answer: JSON drops the root element, as the standard's Spark convention asks. */
export function send(reply: FastifyReply, format: Format, root: string, value: Value): FastifyReply {
  reply.header('x-content-type-options', 'nosniff')
  if (format === 'json') return reply.type('application/json; charset=utf-8').send(JSON.stringify(value))
  return reply.type('text/xml; charset=utf-8').send(toXml(root, value))
}

/** Sends complaints: 403 (key) before 404 (not found) before 413 before 503 before 400, whichever came first in the list. */
export function sendErrors(
  reply: FastifyReply,
  format: Format,
  errors: readonly Open311Error[],
): FastifyReply {
  const codes = errors.map((e) => e.code)
  const status = [500, 403, 404, 413, 503].find((code) => codes.includes(code)) ?? 400
  return send(reply.code(status), format, 'errors', [...errors])
}
