import { useTranslation } from 'react-i18next'
import { useCall } from '../bridge/use-call.ts'
import { useFormat } from '../components/format.ts'
import { syncWords } from './sync-words.ts'

/** The sync state and its words; null before the core has answered. */
export function useSyncWords() {
  const { t } = useTranslation('frame')
  const { t: tErrors } = useTranslation('errors')
  const format = useFormat()
  const { data } = useCall('sync.status', {})
  if (!data) return null
  return {
    status: data,
    words: syncWords(data, t, (code) => tErrors(`${code}.what`), format),
  }
}
