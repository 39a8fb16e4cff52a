/** Markup that is already safe; everything else put into `html` is escaped. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** What may stand in a template; null, undefined and false print nothing. */
export type Child = Html | string | number | null | undefined | false | readonly Child[]

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
// Control characters break the document, direction overrides let a citizen's text reorder the officer's.
// eslint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Text as HTML text or attribute value. */
export const escapeHtml = (text: string): string =>
  text.replace(UNPRINTABLE, '').replace(/[&<>"']/g, (sign) => ENTITIES[sign]!)

function render(child: Child): string {
  if (child === null || child === undefined || child === false) return ''
  if (child instanceof Html) return child.text
  if (typeof child === 'string') return escapeHtml(child)
  if (typeof child === 'number') return String(child)
  return child.map(render).join('')
}

/** A template whose values are escaped unless they are `Html`; arrays are joined. */
export function html(strings: TemplateStringsArray, ...values: readonly Child[]): Html {
  let text = strings[0]!
  for (const [i, value] of values.entries()) text += render(value) + strings[i + 1]!
  return new Html(text)
}

/** Text whose line breaks are kept. */
export const lines = (text: string): Html =>
  new Html(
    text
      .split('\n')
      .map((line) => escapeHtml(line))
      .join('<br>'),
  )
