import type id from '../id/disposition.ts'
import type { Words } from '../words.ts'

const words: Words<typeof id> = {}
export default words
