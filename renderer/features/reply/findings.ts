import type { Finding } from '@shared/ipc/views.ts'

/** Findings that a person must look at before the answer goes out; an empty text cannot go at all. */
export const blocking = (findings: readonly Finding[]): boolean => findings.some((f) => f.code === 'empty')

/** A finding with the words around it, so that it can be read without searching. */
export interface FindingContext {
  finding: Finding
  before: string
  match: string
  after: string
  /** Line of the text, from 1. */
  line: number
}

const AROUND = 28

/** Cuts the words around a finding at word borders. Offsets that no longer fit the text give an empty match. */
export function findingContext(body: string, finding: Finding): FindingContext {
  const start = Math.min(finding.start, body.length)
  const end = Math.min(Math.max(finding.end, start), body.length)
  const lineStart = body.lastIndexOf('\n', start - 1) + 1
  const lineBreak = body.indexOf('\n', end)
  const lineEnd = lineBreak === -1 ? body.length : lineBreak
  const from = Math.max(lineStart, start - AROUND)
  const to = Math.min(lineEnd, end + AROUND)
  const head = body.slice(from, start)
  const tail = body.slice(end, to)
  return {
    finding,
    before: from > lineStart ? `…${head.replace(/^\S*\s/, '')}` : head,
    match: body.slice(start, end),
    after: to < lineEnd ? `${tail.replace(/\s\S*$/, '')}…` : tail,
    line: body.slice(0, start).split('\n').length,
  }
}

/** A stretch of the text, marked when a finding covers it. */
export interface MarkedPart {
  text: string
  finding: Finding | null
}

/** The text in stretches, findings marked; overlapping findings are cut where the earlier one ends. */
export function markFindings(body: string, findings: readonly Finding[]): MarkedPart[] {
  const parts: MarkedPart[] = []
  let at = 0
  for (const finding of [...findings].sort((a, b) => a.start - b.start)) {
    const start = Math.max(finding.start, at)
    const end = Math.min(finding.end, body.length)
    if (end <= start) continue
    if (start > at) parts.push({ text: body.slice(at, start), finding: null })
    parts.push({ text: body.slice(start, end), finding })
    at = end
  }
  if (at < body.length) parts.push({ text: body.slice(at), finding: null })
  return parts
}
