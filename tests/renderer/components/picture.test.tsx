// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { AttachmentList } from '../../../renderer/components/attachment-list.tsx'
import { FakeBridge } from '../../fakes/fake-bridge/fake-bridge.ts'
import { NOW, renderOver } from '../support/render-app.tsx'

test('a picture that has not come yet is tried again when its report says that something came', () => {
  const attachment = { sha256: 'a'.repeat(64), mime: 'image/jpeg' as const, size: 9, name: 'talud.jpg' }
  const bridge = new FakeBridge({ count: 0, now: NOW })
  renderOver(<AttachmentList label="Lampiran" attachments={[attachment]} />, bridge)
  fireEvent.error(screen.getByRole('img', { name: 'talud.jpg' }))
  expect(screen.queryByRole('img', { name: 'talud.jpg' })).toBeNull()
  act(() => bridge.stale('sync', 'outbox'))
  expect(screen.queryByRole('img', { name: 'talud.jpg' })).toBeNull()
  act(() => bridge.stale('sync', 'report:r1'))
  expect(screen.getByRole('img', { name: 'talud.jpg' })).toBeTruthy()
})
