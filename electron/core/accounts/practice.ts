import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { withStorageErrors } from '../db/errors.ts'
import type { Host } from '../host.ts'

const PracticeFile = z.object({ password: z.string().min(1) })

/** The one password of all practice people: no secret, it is shown on the practice screens. */
export function practicePassword({ resourcesDir }: Pick<Host, 'resourcesDir'>): string {
  const file = join(resourcesDir, 'practice', 'bootstrap.json')
  return PracticeFile.parse(JSON.parse(withStorageErrors(() => readFileSync(file, 'utf8')))).password
}
