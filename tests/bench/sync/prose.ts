import { practiceReports, randomOf } from '../many-reports.ts'

/** Letters of a citizen's text on average. */
const LETTERS = 570
/** How often the next word is any word instead of one that followed this one somewhere. */
const LEAP = 0.3

/**
 * Endless texts out of the practice reports' words. Whole sentences would repeat and make every codec look four times
 * better than it is; these pack like real prose does (57 kB by gzip 3.0 times, an Indonesian manual 3.1 times).
 */
export function* prose(resources: string): Generator<string> {
  const random = randomOf(5)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(items.length * random())]!
  const words = practiceReports(resources).flatMap((text) => text.body.split(/\s+/))
  const followers = new Map<string, string[]>()
  for (const [i, word] of words.entries()) {
    if (!followers.has(word)) followers.set(word, [])
    followers.get(word)!.push(words[i + 1] ?? words[0]!)
  }
  for (;;) {
    const length = LETTERS * (0.5 + random())
    let word = pick(words)
    let text = word
    while (text.length < length) {
      word = random() < LEAP ? pick(words) : pick(followers.get(word)!)
      text += ` ${word}`
    }
    yield text
  }
}
