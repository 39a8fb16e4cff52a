import type id from '../id/errors.ts'
import type { Words } from '../words.ts'

const kept = 'Nothing was changed.'
const keptHere = 'All your work is kept on this computer.'

const words: Words<typeof id> = {
  bad_input: {
    what: 'Something filled in is not right.',
    safe: kept,
    todo: 'Check the marked fields and try again.',
  },
  not_allowed: {
    what: 'Your role may not do this.',
    safe: kept,
    todo: 'Ask a supervisor or the agency admin to do it.',
  },
  wrong_state: {
    what: 'The report has moved to another state.',
    safe: kept,
    todo: 'Look at its present state and choose an action that is still offered.',
  },
  reason_required: {
    what: 'A reason is missing.',
    safe: kept,
    todo: 'Write a short reason. It is kept in the history.',
  },
  four_eyes: {
    what: 'Authors may not approve their own answer.',
    safe: 'The answer still waits for approval.',
    todo: 'Ask another supervisor to approve it.',
  },
  stale_content: {
    what: 'The content changed since you opened it.',
    safe: 'Nothing was approved or sent.',
    todo: 'Read the present content and decide again.',
  },
  not_found: {
    what: 'This is not on this computer.',
    safe: keptHere,
    todo: 'The report may have been referred. Go back to the list.',
  },
  locked: { what: 'The app is locked.', safe: keptHere, todo: 'Sign in again with your password.' },
  wrong_password: {
    what: 'The password is wrong.',
    safe: kept,
    todo: 'Check capitals and small letters and try again.',
  },
  password_unknown_here: {
    what: 'This person has never signed in on this computer.',
    safe: keptHere,
    todo: 'Connect to the network for the first sign-in. Later it works without one.',
  },
  session_expired: {
    what: 'The session has ended.',
    safe: 'Drafts and the queue are kept.',
    todo: 'Sign in again to continue.',
  },
  code_unknown: {
    what: 'This hub does not know the enrolment code.',
    safe: kept,
    todo: 'Compare letters and digits, or ask the regency operator for a new code.',
  },
  code_used: {
    what: 'The enrolment code was already used.',
    safe: kept,
    todo: 'One code is for one computer. Ask for a new one.',
  },
  code_expired: {
    what: 'The enrolment code has expired.',
    safe: kept,
    todo: 'Ask the regency operator for a new code.',
  },
  too_many_tries: { what: 'Too many attempts.', safe: kept, todo: 'Wait a few minutes and try again.' },
  device_revoked: {
    what: 'The operator has withdrawn this computer’s permission.',
    safe: 'Work that was not sent is still kept here.',
    todo: 'Ask the regency operator to enrol it again.',
  },
  bad_address: {
    what: 'The hub address is not right.',
    safe: kept,
    todo: 'Write it like https://hub.example.go.id, without spaces.',
  },
  hub_unreachable: {
    what: 'The hub cannot be reached.',
    safe: keptHere,
    todo: 'Check the network. The app tries again by itself.',
  },
  not_a_hub: {
    what: 'Another website answered at this address, not a Meja Lapor hub.',
    safe: kept,
    todo: 'Check the address or ask the regency operator.',
  },
  login_page: {
    what: 'The network wants a sign-in first (Wi-Fi page).',
    safe: keptHere,
    todo: 'Open a browser, sign in to the Wi-Fi and try again.',
  },
  network_login: {
    what: 'The network says that you must sign in first (511).',
    safe: keptHere,
    todo: 'Open a browser, sign in to the network, then press Sync now.',
  },
  redirected: {
    what: 'The request to the hub was redirected to another address.',
    safe: 'Nothing was sent to that address. All work is kept on this computer.',
    todo: 'The Wi-Fi may want a sign-in: open a browser. If not, ask the operator for the hub’s address.',
  },
  gate_login: {
    what: 'A gate in front of the hub asks for a name and password (401).',
    safe: keptHere,
    todo: 'Ask the network’s keeper to open the way to the hub without that gate.',
  },
  proxy_login: {
    what: 'The office network’s proxy asks for a name and password (407).',
    safe: keptHere,
    todo: 'Ask the network’s keeper to let Meja Lapor through the proxy, or use another network.',
  },
  tls_untrusted: {
    what: 'The certificate that answered is not known; someone may be listening in between.',
    safe: 'Nothing was sent. All work is kept on this computer.',
    todo: 'Check the computer’s date, then use another network. If it returns, tell the regency operator.',
  },
  sync_stuck: {
    what: 'The hub answers, but gives no receipt for what is waiting.',
    safe: 'Nothing is lost. The connection was opened anew and everything stays queued.',
    todo: 'Let it try again. If it is still so tomorrow, tell the regency operator.',
  },
  hub_too_old: {
    what: 'The hub is older than this app.',
    safe: keptHere,
    todo: 'Ask the operator to update the hub.',
  },
  hub_too_new: {
    what: 'The hub is newer than this app.',
    safe: keptHere,
    todo: 'Update Meja Lapor on this computer.',
  },
  wrong_hub: {
    what: 'This address belongs to another hub, not the one this computer is enrolled at.',
    safe: keptHere,
    todo: 'Check the hub address in Settings.',
  },
  hub_error: {
    what: 'The hub has a problem.',
    safe: keptHere,
    todo: 'The app tries again by itself. If it goes on, tell the operator.',
  },
  too_large: {
    what: 'The file is larger than 10 MB.',
    safe: 'Other files stay attached.',
    todo: 'Make the picture or PDF smaller and choose it again.',
  },
  unsupported_file: {
    what: 'This kind of file is not accepted.',
    safe: 'Other files stay attached.',
    todo: 'Use a JPEG, PNG or WebP picture, or a PDF.',
  },
  not_downloaded: {
    what: 'The file has not been downloaded to this computer.',
    safe: 'The file is safe at the hub.',
    todo: 'Connect to the network and wait for the sync.',
  },
  disk_low: {
    what: 'The computer’s storage is almost full.',
    safe: 'What you do is still saved and sent. Downloads wait.',
    todo: 'Free at least 1 GB of space.',
  },
  disk_full: {
    what: 'The computer’s storage is full.',
    safe: 'What was saved is intact. The last change was not saved.',
    todo: 'Free some space and try again.',
  },
  folder_not_writable: {
    what: 'The data folder cannot be written.',
    safe: 'Existing data was not touched.',
    todo: 'Ask the computer’s admin for write permission on that folder, then open the app again.',
  },
  db_corrupt: {
    what: 'The database on this computer is damaged.',
    safe: 'The old file is kept, not deleted. What the hub received is safe at the hub.',
    todo: 'Rebuild. Unsent work comes back out of the journal.',
  },
  db_busy: {
    what: 'Another program is using the database.',
    safe: keptHere,
    todo: 'Close the other Meja Lapor window and try again.',
  },
  db_from_future: {
    what: 'This data was made by a newer Meja Lapor.',
    safe: 'The data was not touched.',
    todo: 'Install the latest Meja Lapor on this computer.',
  },
  wrong_key: {
    what: 'The data key does not fit.',
    safe: 'The data is still encrypted and intact.',
    todo: 'Sign in with an account used on this computer, or rebuild from the hub.',
  },
  hub_data_in_use: {
    what: 'Another program is using the practice hub’s data.',
    safe: 'The practice data is intact.',
    todo: 'Close the other Meja Lapor on this computer and try again.',
  },
  no_number: {
    what: 'This computer has no letter numbers left.',
    safe: 'The letter waits for a number and is not lost.',
    todo: 'Connect to the hub to get numbers.',
  },
  no_profile: {
    what: 'The agency has no letter profile yet.',
    safe: kept,
    todo: 'Ask the agency admin to complete the letter profile.',
  },
  print_failed: {
    what: 'The printer did not print.',
    safe: 'The letter and its number are kept.',
    todo: 'Check printer and paper, then print again.',
  },
  cancelled: { what: 'Cancelled.', safe: kept, todo: 'Do it again if needed.' },
  internal: {
    what: 'An unknown error occurred.',
    safe: 'What was saved is intact.',
    todo: 'Try again. If it returns, note the code and tell the operator.',
  },
}
export default words
