import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fullName } from '@shared/domain/person.ts'
import { useCall } from '../../../bridge/use-call.ts'
import { usePeople } from '../../../components/person-name.tsx'
import { RadioGroup } from '../../../components/radio-group.tsx'
import type { FormProps } from './form-props.ts'
import { FormShell } from './form-shell.tsx'

const NOBODY = '-'

/** Who is responsible: oneself is chosen already, so A then Enter takes the report. */
export function AssignForm(form: FormProps) {
  const { detail, act } = form
  const { t } = useTranslation(['report', 'common'])
  const { people } = usePeople()
  const { data: status } = useCall('app.status', {})
  const me = status?.person?.id ?? NOBODY
  const [chosen, setChosen] = useState(detail.state.assigneeId ?? me)
  const active = people.filter((person) => person.active)
  return (
    <FormShell
      form={form}
      action="assign"
      submitLabel={t('common:save')}
      onSubmit={() => act({ action: 'assign', payload: { assigneeId: chosen === NOBODY ? null : chosen } })}
    >
      <RadioGroup
        autoFocus
        hideLabel
        label={t('form.assignee')}
        value={chosen}
        onChange={setChosen}
        options={[
          ...active.map((person) => ({ id: person.id, label: fullName(person), detail: person.position })),
          { id: NOBODY, label: t('form.nobody') },
        ]}
      />
    </FormShell>
  )
}
