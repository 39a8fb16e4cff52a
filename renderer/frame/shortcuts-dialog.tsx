import { useTranslation } from 'react-i18next'
import { Dialog } from '../components/dialog.tsx'
import { Kbd } from '../components/kbd.tsx'

const KEYS = {
  everywhere: { search: ['/', 'Ctrl+K'], help: ['?'] },
  list: { next: ['J', '↓'], previous: ['K', '↑'], open: ['Enter', 'O'], tick: ['X'], back: ['Esc'] },
  report: {
    verify: ['V'],
    dispose: ['D'],
    reply: ['R'],
    assign: ['A'],
    priority: ['P'],
    ask: ['T'],
    note: ['N'],
    actions: ['M'],
  },
} as const

type Group = keyof typeof KEYS

/** Every key, by place. */
export function ShortcutsDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation('frame')
  return (
    <Dialog width="large" title={t('keys.title')} isOpen={isOpen} onClose={onClose}>
      <div className="keys">
        {(Object.keys(KEYS) as Group[]).map((group) => (
          <section key={group}>
            <h3>{t(`keys.${group}`)}</h3>
            <dl>
              {Object.entries(KEYS[group]).map(([name, keys]: [string, readonly string[]]) => (
                <div key={name}>
                  <dt>{t(`keys.${name as 'search'}`)}</dt>
                  <dd>
                    {keys.map((key) => (
                      <Kbd key={key} keys={key} />
                    ))}
                    <span className="visually-hidden">{keys.join(', ')}</span>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
