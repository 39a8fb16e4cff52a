import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../bridge/use-call.ts'
import { Banner } from '../../components/banner.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { RadioGroup } from '../../components/radio-group.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { openPdf, type OpenPdf } from './pdf-document.ts'
import { PdfSheet } from './pdf-sheet.tsx'

type Zoom = 'true' | 'fit'

/** The stored PDF, page by page with rulers; never a second rendering of the letter (LETT-03). */
export function Preview({ letterId, tools }: { letterId: string; tools: ReactNode }) {
  const { t } = useTranslation('letters')
  const [zoom, setZoom] = useState<Zoom>('true')
  const file = useCall('letters.pdf', { letterId }, { keepPrevious: true })
  const { pdf, failed } = useOpenPdf(file.data?.bytes)
  return (
    <section className="preview" aria-label={t('preview')}>
      <div className="preview-tools">
        {tools}
        <RadioGroup<Zoom>
          label={t('zoom')}
          hideLabel
          segmented
          value={zoom}
          onChange={setZoom}
          options={[
            { id: 'true', label: t('zoomTrue') },
            { id: 'fit', label: t('zoomFit') },
          ]}
        />
      </div>
      {/* The pages hold nothing focusable: the table takes the keyboard itself. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="preview-table" tabIndex={0} role="group" aria-label={t('preview')}>
        <ErrorBanner error={file.error} onRetry={() => void file.refetch()} />
        {failed ? <Banner tone="error" title={t('renderFailed')} /> : null}
        {!pdf && !failed && !file.error ? (
          <div className="preview-blank">
            <Skeleton count={8} />
          </div>
        ) : null}
        {pdf?.pages.map((page, index) => (
          <PdfSheet key={index} page={page} n={index + 1} total={pdf.pages.length} fit={zoom === 'fit'} />
        ))}
      </div>
    </section>
  )
}

/** Opens the bytes; the pages before stay until the next are ready, so that a new layout does not flash. */
function useOpenPdf(bytes: Uint8Array | undefined) {
  const [state, setState] = useState<{ pdf: OpenPdf | null; failed: boolean }>({ pdf: null, failed: false })
  useEffect(() => {
    if (!bytes) return
    let closed = false
    let opened: OpenPdf | null = null
    const open = async () => {
      try {
        opened = await openPdf(bytes)
        if (closed) opened.close()
        else setState({ pdf: opened, failed: false })
      } catch {
        if (!closed) setState({ pdf: null, failed: true })
      }
    }
    void open()
    return () => {
      closed = true
      opened?.close()
    }
  }, [bytes])
  return state
}
