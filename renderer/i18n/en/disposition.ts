import type id from '../id/disposition.ts'
import type { Words } from '../words.ts'

const words: Words<typeof id> = {
  title: 'Disposition',
  people: 'To people',
  units: 'To units',
  instructions: 'Instructions',
  note: 'Note',
  dueOn: 'By',
  dueHelp: 'Response is due {{date}}',
  urgency: 'Urgency',
  urgencies: { biasa: 'Ordinary', segera: 'Urgent', sangat_segera: 'Very urgent' },
  submit: 'Make disposition',
  recipientRequired: 'Choose at least one person or unit.',
  instructionRequired: 'Choose an instruction or write a note.',
  done: 'Disposition made',
  doneTitle: 'Disposition made and queued',
  doneHint: 'Its sheet can be printed now, also without a network.',
  blankSheet: 'Print blank sheet',
  print: 'Print disposition sheet',
  later: 'Not now',
}
export default words
