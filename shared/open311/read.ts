/** An element of somebody else's GeoReport answer, whatever its server wraps, names or types differently. */
export type Element = Readonly<Record<string, unknown>>

const isElement = (value: unknown): value is Element =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The elements named `child` of an answer parsed from JSON or XML. The root's name is ignored, a wrapper may be missing
 * and a single child may stand where a list should: all three are seen in the field. Anything else gives an empty list.
 */
export function readElements(answer: unknown, child: string): Element[] {
  if (Array.isArray(answer)) return answer.filter(isElement)
  if (!isElement(answer)) return []
  const inner = answer[child]
  if (Array.isArray(inner)) return inner.filter(isElement)
  if (isElement(inner)) return [inner]
  for (const [key, value] of Object.entries(answer)) {
    if (key.startsWith('?')) continue
    const found = isElement(value) || Array.isArray(value) ? readElements(value, child) : []
    if (found.length > 0) return found
  }
  return []
}

/** A field as text: numbers become digits, empty text and empty elements become null. */
export function readText(element: Element, name: string): string | null {
  const value = element[name]
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' ? value.trim() || null : null
}
