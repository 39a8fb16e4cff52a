import { FileText, ImageOff } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import type { AttachmentRef } from '@shared/domain/report.ts'

interface PictureProps {
  attachment: AttachmentRef
  alt: string
  /** The small picture (or the original where there is no small one), or the original alone. */
  which: 'thumb' | 'original'
  className?: string
  /** Known not to be here: it is not even asked for. */
  absent?: boolean
  /** Seen instead: `isPicture` false for another kind of file, true for a picture that is not on this computer. */
  renderMissing: (sign: ReactNode, isPicture: boolean) => ReactNode
}

/** A picture out of this computer's store, never from the network. */
export function Picture({ attachment, alt, which, className, absent, renderMissing }: PictureProps) {
  const [missing, setMissing] = useState(false)
  useEffect(() => {
    if (!missing) return
    // It may have come since: reports say when one of their files has.
    return window.bridge.onStale((topics) => {
      if (topics.some((topic) => topic.startsWith('report:'))) setMissing(false)
    })
  }, [missing])
  const isPicture = attachment.mime.startsWith('image/')
  if (!isPicture || missing || absent) {
    const Icon = isPicture ? ImageOff : FileText
    return renderMissing(<Icon size="1.5em" strokeWidth={1.5} aria-hidden />, isPicture)
  }
  return (
    <img
      className={className}
      src={`lampiran://${which === 'thumb' ? 'k' : 'a'}/${attachment.sha256}`}
      alt={alt}
      loading="lazy"
      onError={() => setMissing(true)}
    />
  )
}
