import { readFileSync, writeFileSync } from 'node:fs'
import { screen, type BrowserWindow, type Rectangle } from 'electron'

interface WindowState extends Rectangle {
  maximized: boolean
}

const isState = (value: unknown): value is WindowState =>
  typeof value === 'object' &&
  value !== null &&
  ['x', 'y', 'width', 'height'].every((key) => Number.isInteger((value as Record<string, unknown>)[key]))

/** Last position and size, if it still lies on a connected screen; else a size that fits a 1366×768 office PC. */
export function loadWindowState(file: string): Partial<WindowState> {
  const fallback = { width: 1320, height: 740 }
  try {
    const state: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (!isState(state)) return fallback
    const visible = screen.getAllDisplays().some(({ workArea: area }) => {
      const right = Math.min(state.x + state.width, area.x + area.width)
      const bottom = Math.min(state.y + state.height, area.y + area.height)
      return right - Math.max(state.x, area.x) > 200 && bottom - Math.max(state.y, area.y) > 100
    })
    return visible ? state : fallback
  } catch {
    return fallback
  }
}

/** Remembers position and size when the window closes; failing to is harmless. */
export function keepWindowState(window: BrowserWindow, file: string): void {
  window.on('close', () => {
    try {
      writeFileSync(file, JSON.stringify({ ...window.getNormalBounds(), maximized: window.isMaximized() }))
    } catch {
      // A folder that cannot be written is reported by the core; the position is not worth a second message.
    }
  })
}
