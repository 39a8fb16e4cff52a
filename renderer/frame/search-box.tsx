import { Search, X } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../bridge/call.ts'
import { useHotkeys } from '../components/hotkeys.ts'
import { Kbd } from '../components/kbd.tsx'
import { go, openReport, showHere, useLocation } from '../navigation.ts'

const DEBOUNCE_MS = 70

/** Search as you type in the title bar; Enter opens an exact number, Escape clears. */
export function SearchBox() {
  const { t } = useTranslation('frame')
  const { place, params } = useLocation()
  const shown = place === 'inbox' ? (params.q ?? '') : ''
  const [text, setText] = useState(shown)
  const [sent, setSent] = useState(shown)
  const input = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  // Another place, or a saved view, changed the query from outside.
  if (shown !== sent) {
    setSent(shown)
    setText(shown)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  const focus = () => input.current?.select()
  useHotkeys({ '/': focus, 'Ctrl+k': focus })

  const search = (q: string) => {
    setSent(q)
    if (place === 'inbox') showHere({ q, report: '' })
    else go('inbox', { view: 'all', q })
  }
  const change = (next: string) => {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => search(next), DEBOUNCE_MS)
  }
  // An exact number opens its report, and the next key is for the report; anything else goes to the list of hits.
  const openExact = async (q: string) => {
    clearTimeout(timer.current)
    const found = await call('reports.find', { q: q.slice(0, 100) }).catch(() => null)
    if (found?.reportId) {
      setText('')
      openReport(found.reportId)
      document.getElementById('main')?.focus()
    } else {
      search(q)
      document.querySelector<HTMLElement>('.inbox-rows')?.focus()
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      clearTimeout(timer.current)
      setText('')
      search('')
      input.current?.blur()
    }
    if (event.key === 'ArrowDown') document.querySelector<HTMLElement>('.inbox-rows')?.focus()
    if (event.key === 'Enter' && text.trim()) void openExact(text.trim())
  }
  return (
    <search className="search-box">
      <Search size="1.1em" strokeWidth={1.75} aria-hidden />
      <input
        ref={input}
        className="search-input"
        type="text"
        aria-label={t('search')}
        aria-keyshortcuts="Control+K /"
        placeholder={t('searchPlaceholder')}
        value={text}
        maxLength={300}
        spellCheck={false}
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {text ? (
        <button
          type="button"
          className="search-clear"
          aria-label={t('clearSearch')}
          onClick={() => change('')}
        >
          <X size="1.1em" aria-hidden />
        </button>
      ) : (
        <Kbd keys="Ctrl+K" />
      )}
    </search>
  )
}
