import { Printer } from 'lucide-react'
import { useRef, useState, type FormEvent, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { fullName } from '@shared/domain/person.ts'
import type { ReportDetail } from '@shared/ipc/views.ts'
import { useCall, useCommand } from '../../bridge/use-call.ts'
import { Banner } from '../../components/banner.tsx'
import { Button } from '../../components/button.tsx'
import { CheckboxGroup } from '../../components/checkbox-group.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { focusInvalid } from '../../components/focus-invalid.ts'
import { useFormat } from '../../components/format.ts'
import { usePeople } from '../../components/person-name.tsx'
import { RadioGroup } from '../../components/radio-group.tsx'
import { TextArea } from '../../components/text-area.tsx'
import { TextField } from '../../components/text-field.tsx'
import { useSay } from '../../components/toast.tsx'
import { useFocusInside } from '../../components/use-focus-inside.ts'
import { openLetters } from '../../navigation.ts'
import './disposition.css'

const URGENCIES = ['biasa', 'segera', 'sangat_segera'] as const
type Urgency = (typeof URGENCIES)[number]
const asOptions = (names: readonly string[]) => names.map((name) => ({ id: name, label: name }))

/** Gives the report to people or units with instructions; then its sheet can be printed at once. */
export default function DispositionForm({ detail, onClose }: { detail: ReportDetail; onClose: () => void }) {
  const { t } = useTranslation(['disposition', 'common'])
  const format = useFormat()
  const { sayQueued } = useSay()
  const { people } = usePeople()
  const { data: lists } = useCall('office.lists', {})
  const dispose = useCommand('reports.dispose')
  const [toIds, setToIds] = useState<string[]>([])
  const [units, setUnits] = useState<string[]>([])
  const [instructions, setInstructions] = useState<string[]>([])
  const [note, setNote] = useState('')
  const [dueOn, setDueOn] = useState(detail.response.metAt === null ? (detail.response.dueOn ?? '') : '')
  const [urgency, setUrgency] = useState<Urgency>('biasa')
  const [tried, setTried] = useState(false)
  const nobody = toIds.length + units.length === 0
  const nothing = instructions.length === 0 && !note.trim()

  const form = useRef<HTMLFormElement>(null)
  useFocusInside(form)
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (nobody || nothing) return focusInvalid(form.current)
    dispose.mutate(
      {
        reportId: detail.report.id,
        payload: { toIds, units, instructions, note, dueOn: dueOn || null, urgency },
      },
      { onSuccess: (queued) => sayQueued(t('done'), queued) },
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
    else if (event.key === 'Enter' && event.ctrlKey) submit()
    else return
    event.preventDefault()
  }
  const made = dispose.data
  if (made)
    return (
      <Banner
        live
        tone="success"
        title={t('doneTitle')}
        action={
          <span className="row">
            <Button
              size="small"
              variant="primary"
              icon={Printer}
              autoFocus
              onPress={() =>
                openLetters({
                  kind: 'disposition',
                  report: detail.report.id,
                  disposition: made.dispositionId,
                })
              }
            >
              {t('print')}
            </Button>
            <Button size="small" variant="quiet" onPress={onClose}>
              {t('later')}
            </Button>
          </span>
        }
      >
        <p>{t('doneHint')}</p>
      </Banner>
    )
  const active = people.filter((person) => person.active)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys that bubble from its fields
    <form
      ref={form}
      className="disposition"
      aria-label={t('title')}
      noValidate
      onSubmit={submit}
      onKeyDown={onKeyDown}
    >
      <h3>{t('title')}</h3>
      <CheckboxGroup
        columns
        label={t('people')}
        options={active.map((person) => ({
          id: person.id,
          label: fullName(person),
          detail: person.position,
        }))}
        value={toIds}
        onChange={setToIds}
        error={tried && nobody ? t('recipientRequired') : undefined}
      />
      <CheckboxGroup
        columns
        label={t('units')}
        options={asOptions(lists?.units ?? [])}
        value={units}
        onChange={setUnits}
      />
      <CheckboxGroup
        columns
        label={t('instructions')}
        options={asOptions(lists?.instructions ?? [])}
        value={instructions}
        onChange={setInstructions}
        error={tried && nothing ? t('instructionRequired') : undefined}
      />
      <TextArea optional rows={2} label={t('note')} value={note} onChange={setNote} maxLength={2000} />
      <div className="disposition-row">
        <RadioGroup
          segmented
          label={t('urgency')}
          value={urgency}
          onChange={setUrgency}
          options={URGENCIES.map((id) => ({ id, label: t(`urgencies.${id}`) }))}
        />
        <TextField
          optional
          type="date"
          label={t('dueOn')}
          help={
            detail.response.dueOn ? t('dueHelp', { date: format.date(detail.response.dueOn) }) : undefined
          }
          value={dueOn}
          onChange={setDueOn}
        />
      </div>
      <ErrorBanner error={dispose.error} />
      <div className="row">
        <Button type="submit" variant="primary" busy={dispose.isPending} kbd="Ctrl+Enter">
          {t('submit')}
        </Button>
        <Button
          variant="quiet"
          icon={Printer}
          onPress={() => openLetters({ kind: 'disposition_blank', report: detail.report.id })}
        >
          {t('blankSheet')}
        </Button>
        <Button variant="quiet" onPress={onClose}>
          {t('common:cancel')}
        </Button>
      </div>
    </form>
  )
}
