import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Banner } from '../components/banner.tsx'
import { Button } from '../components/button.tsx'

/** Keeps the frame alive when a screen has a bug, and says what is safe. */
export class ScreenBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }
  static getDerivedStateFromError() {
    return { failed: true }
  }
  override render() {
    if (!this.state.failed) return this.props.children
    return <Crashed onReopen={() => this.setState({ failed: false })} />
  }
}

function Crashed({ onReopen }: { onReopen: () => void }) {
  const { t } = useTranslation('frame')
  return (
    <div className="frame-crashed">
      <Banner
        live
        tone="error"
        title={t('crashed')}
        action={<Button onPress={onReopen}>{t('reopen')}</Button>}
      >
        <p>{t('crashedSafe')}</p>
      </Banner>
    </div>
  )
}
