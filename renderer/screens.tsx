import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import type { PlaceName } from './navigation.ts'

/** The screen of each place, loaded when first gone to. Every feature's `screen.tsx` has a default export. */
export const SCREENS: Readonly<Record<PlaceName, LazyExoticComponent<ComponentType>>> = {
  inbox: lazy(() => import('./features/inbox/screen.tsx')),
  reply: lazy(() => import('./features/reply/screen.tsx')),
  approval: lazy(() => import('./features/approval/screen.tsx')),
  letters: lazy(() => import('./features/letters/screen.tsx')),
  register: lazy(() => import('./features/register/screen.tsx')),
  'sync-center': lazy(() => import('./features/sync-center/screen.tsx')),
  settings: lazy(() => import('./features/settings/screen.tsx')),
}
