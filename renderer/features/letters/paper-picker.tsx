import { useTranslation } from 'react-i18next'
import { Paper } from '@shared/domain/letter.ts'
import type { LetterView } from '@shared/ipc/views.ts'
import { Select } from '../../components/select.tsx'
import type { LetterActs } from './use-letter-acts.ts'

/** Switches the paper of a draft; the pages are laid out anew. */
export function PaperPicker({ letter, acts }: { letter: LetterView; acts: LetterActs }) {
  const { t } = useTranslation('letters')
  return (
    <div className="row">
      <Select
        label={t('paper')}
        hideLabel
        options={Paper.options.map((paper) => ({ id: paper, label: t(`paperName.${paper}`) }))}
        value={letter.paper}
        onChange={(id) => {
          const paper = Paper.parse(id)
          if (paper !== letter.paper) acts.layOut({ paper })
        }}
      />
      {acts.layingOut ? (
        <output className="small secondary">
          {t('redrawing', { paper: t(`paperName.${letter.paper}`) })}
        </output>
      ) : null}
    </div>
  )
}
