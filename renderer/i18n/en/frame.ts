import type id from '../id/frame.ts'
import type { Words } from '../words.ts'

const words: Words<typeof id> = {}
export default words
