import type id from '../id/onboarding.ts'
import type { Words } from '../words.ts'

const words: Words<typeof id> = {}
export default words
