import { useTranslation } from 'react-i18next'
import type { SyncStatus } from '@shared/ipc/views.ts'
import { useCommand } from '../../bridge/use-call.ts'
import { Banner } from '../../components/banner.tsx'
import { Button } from '../../components/button.tsx'
import { fileSize } from '../../components/file-size.ts'
import { useFormat } from '../../components/format.ts'
import { Select } from '../../components/select.tsx'
import { useSay } from '../../components/toast.tsx'

const MEGABYTE = 1_000_000
const LIMITS = [100, 250, 500, 1000, 5000] as const
const NONE = 'none'
type OriginalsMode = SyncStatus['bytes']['originals']

/** Pictures that wait because of what they cost: how many, how much, why, and the button that fetches them. */
export function FilesWaiting({ bytes }: { bytes: SyncStatus['bytes'] }) {
  const { t } = useTranslation('sync-center')
  const format = useFormat()
  const toast = useSay()
  const fetch = useCommand('sync.fetchFiles')
  if (bytes.paused === null) return null
  const size = fileSize(bytes.filesBytes, format.language)
  return (
    <div className="sync-trouble">
      <Banner
        title={t('cost.waiting', { count: bytes.filesWaiting, n: format.number(bytes.filesWaiting), size })}
        action={
          <Button busy={fetch.isPending} onPress={() => fetch.mutate({}, { onError: toast.sayError })}>
            {t('cost.fetch', { size })}
          </Button>
        }
      >
        <p>{t(`cost.${bytes.paused}`)}</p>
      </Banner>
    </div>
  )
}

/** What the day has cost so far, and its limit. */
export function DayCost({ bytes }: { bytes: SyncStatus['bytes'] }) {
  const { t } = useTranslation('sync-center')
  const format = useFormat()
  const toast = useSay()
  const set = useCommand('sync.setDailyLimit')
  const originals = useCommand('sync.setOriginals')
  const size = (value: number) => fileSize(value, format.language)
  const chosen = bytes.limit === null ? NONE : String(Math.round(bytes.limit / MEGABYTE))
  const options = [...new Set([...LIMITS.map(String), ...(chosen === NONE ? [] : [chosen])])]
  return (
    <section className="stack-small">
      <h2>{t('cost.title')}</h2>
      <p>{t('cost.today', { all: size(bytes.today), files: size(bytes.todayFiles) })}</p>
      <div className="row outages-tools">
        <Select
          label={t('cost.limit')}
          value={chosen}
          onChange={(id) =>
            set.mutate({ bytes: id === NONE ? null : Number(id) * MEGABYTE }, { onError: toast.sayError })
          }
          options={[
            ...options.map((id) => ({ id, label: `${format.number(Number(id))} MB` })),
            { id: NONE, label: t('cost.noLimit') },
          ]}
        />
        <Select
          label={t('cost.originals')}
          value={bytes.originals}
          onChange={(id) => originals.mutate({ originals: id as OriginalsMode }, { onError: toast.sayError })}
          options={[
            { id: 'fast', label: t('cost.originalsFast') },
            { id: 'asked', label: t('cost.originalsAsked') },
          ]}
        />
      </div>
      <p className="small secondary">{t('cost.note')}</p>
    </section>
  )
}
