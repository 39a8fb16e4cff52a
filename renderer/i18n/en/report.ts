import type id from '../id/report.ts'
import type { Words } from '../words.ts'

const words: Words<typeof id> = {}
export default words
