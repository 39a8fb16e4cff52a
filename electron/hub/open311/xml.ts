import { wellFormed } from '@shared/domain/ids.ts'

/** A value of an answer: what JSON can say, minus what XML cannot. */
export type Value = string | number | boolean | null | undefined | Value[] | { [name: string]: Value }

/** Name of one child of a list element. */
const CHILD: Readonly<Record<string, string>> = {
  services: 'service',
  attributes: 'attribute',
  values: 'value',
  service_requests: 'request',
  service_request_updates: 'request_update',
  endpoints: 'endpoint',
  formats: 'format',
  errors: 'error',
}

const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
}
// XML 1.0 has no way to write these, not even as references.
const FORBIDDEN = /(?![\t\n\r])\p{Cc}(?<![\u007F-\u009F])|[\uFFFE\uFFFF]/gu

const escape = (s: string) =>
  wellFormed(s)
    .replace(FORBIDDEN, '\uFFFD')
    .replace(/[&<>"\r]/g, (c) => ENTITY[c]!)

function element(name: string, value: Value): string {
  if (value === undefined) return ''
  if (value === null || value === '') return `<${name}/>`
  if (Array.isArray(value)) {
    const child = CHILD[name]
    const inner = value.map((v) => element(child ?? name, v)).join('')
    // A list without a name for its children repeats itself, as `media_url` does.
    return child ? `<${name}>${inner}</${name}>` : inner
  }
  if (typeof value !== 'object') return `<${name}>${escape(String(value))}</${name}>`
  const inner = Object.entries(value)
    .map(([k, v]) => element(k, v))
    .join('')
  return `<${name}>${inner}</${name}>`
}

/** A whole XML document with this root. */
export const toXml = (root: string, value: Value): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n${element(root, value)}\n`
