import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import type { DeskApp } from './desk-app.ts'
import { readPdf, type ReadPdf } from './pdf.ts'

/** Presses the button that saves a PDF, with the system's dialog answered for the person, and reads what was written. */
export async function savePdfBy(
  { app, page }: DeskApp,
  button: string,
  saved: string,
): Promise<{ file: string; pdf: ReadPdf }> {
  const file = join(await mkdtemp(join(tmpdir(), 'meja-pdf-')), 'surat.pdf')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, file)
  await page.getByRole('button', { name: button }).click()
  await expect(page.getByText(saved).first()).toBeVisible()
  await expect
    .poll(() =>
      readFile(file).then(
        (bytes) => bytes.length,
        () => 0,
      ),
    )
    .toBeGreaterThan(1000)
  return { file, pdf: await readPdf(file) }
}
