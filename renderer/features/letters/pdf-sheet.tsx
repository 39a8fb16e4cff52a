import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PdfPage } from './pdf-document.ts'
import { Ruler } from './ruler.tsx'
import { pointsToMm, PX_PER_MM } from './rulers.ts'

interface PdfSheetProps {
  page: PdfPage
  n: number
  total: number
  fit: boolean
}

/** One page on its table, at true scale (1 mm of paper is 1 CSS mm) or fitted to the width, with rulers in mm. */
export function PdfSheet({ page, n, total, fit }: PdfSheetProps) {
  const { t } = useTranslation('letters')
  const canvas = useRef<HTMLCanvasElement>(null)
  const [words, setWords] = useState('')
  const width = pointsToMm(page.width)
  const height = pointsToMm(page.height)

  useEffect(() => {
    if (!canvas.current) return
    // Twice the density at least: letters are read closely, and a laptop panel is coarse.
    const density = Math.max(2, globalThis.devicePixelRatio || 1)
    const drawing = page.draw(canvas.current, ((PX_PER_MM * 25.4) / 72) * density)
    let gone = false
    const finish = async () => {
      try {
        await drawing.done
        const text = await page.text()
        if (!gone) setWords(text)
      } catch {
        // The letter was closed while its page was read; a page that cannot be drawn stays white.
      }
    }
    void finish()
    return () => {
      gone = true
      drawing.cancel()
    }
  }, [page])

  return (
    <figure className={fit ? 'sheet sheet-fit' : 'sheet'}>
      <Ruler mm={width} direction="across" />
      <Ruler mm={height} direction="down" />
      <canvas
        ref={canvas}
        className="sheet-page"
        role="img"
        aria-label={`${t('page', { n, total })}: ${words}`}
        style={fit ? { aspectRatio: `${width} / ${height}` } : { width: `${width}mm`, height: `${height}mm` }}
      />
      <figcaption className="sheet-caption">{t('page', { n, total })}</figcaption>
    </figure>
  )
}
