import { useTranslation } from 'react-i18next'
import { fullName } from '@shared/domain/person.ts'
import type { OutboxItem } from '@shared/ipc/views.ts'
import { useCommand } from '../../bridge/use-call.ts'
import { Button } from '../../components/button.tsx'
import { useFormat } from '../../components/format.ts'
import { usePeople } from '../../components/person-name.tsx'
import { useSay } from '../../components/toast.tsx'
import { fieldWords } from './code-words.ts'
import { mineWords, valueWords } from './conflict-value.ts'

interface ConflictChoiceProps {
  id: string
  fields: NonNullable<OutboxItem['conflict']>
}

/** Mine and the hub's side by side, the differing parts marked, and a person chooses (SYNC-07). */
export function ConflictChoice({ id, fields }: ConflictChoiceProps) {
  const { t } = useTranslation(['sync-center', 'common'])
  const toast = useSay()
  const format = useFormat()
  const { byId } = usePeople()
  const resolve = useCommand('sync.resolve')
  const names = {
    person: (personId: string) => {
      const person = byId(personId)
      return person ? fullName(person) : null
    },
    date: format.date,
  }
  const choose = (choice: 'mine' | 'hub') =>
    resolve.mutate(
      { mutationId: id, choice },
      {
        onSuccess: () => toast.say(t(choice === 'mine' ? 'conflict.keptMine' : 'conflict.keptHub')),
        onError: toast.sayError,
      },
    )
  return (
    <div className="conflict">
      <table className="conflict-table">
        <caption className="visually-hidden">{t('conflict.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('conflict.field')}</th>
            <th scope="col">{t('conflict.mine')}</th>
            <th scope="col">{t('conflict.hub')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ field, mine, hub }) => {
            const [left, right] = [mineWords(t, names, field, mine), valueWords(t, names, field, hub)]
            const differs = left !== right
            return (
              <tr key={field}>
                <th scope="row">{fieldWords(t, field)}</th>
                <td>{differs ? <mark>{left}</mark> : left}</td>
                <td>{differs ? <mark>{right}</mark> : right}</td>
              </tr>
            )
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('common:choose')}</th>
            <td>
              <Button busy={resolve.isPending} onPress={() => choose('mine')}>
                {t('conflict.keepMine')}
              </Button>
              <span className="ledger-quiet">{t('conflict.mineMeans')}</span>
            </td>
            <td>
              <Button busy={resolve.isPending} onPress={() => choose('hub')}>
                {t('conflict.keepHub')}
              </Button>
              <span className="ledger-quiet">{t('conflict.hubMeans')}</span>
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
