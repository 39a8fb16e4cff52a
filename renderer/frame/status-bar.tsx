import { useTranslation } from 'react-i18next'
import { Button } from 'react-aria-components'
import { Kbd } from '../components/kbd.tsx'
import { go } from '../navigation.ts'
import { useSyncWords } from './use-sync-words.ts'

/** 28 px of truth: reports, proven sync time and queue. */
export function StatusBar({ onHelp }: { onHelp: () => void }) {
  const { t } = useTranslation('frame')
  const sync = useSyncWords()
  return (
    <footer className="status-bar">
      <Button className="status-sync" onPress={() => go('sync-center')}>
        {sync?.words.join(' · ')}
      </Button>
      <Button className="status-help" onPress={onHelp}>
        {t('shortcuts')} <Kbd keys="?" />
      </Button>
    </footer>
  )
}
