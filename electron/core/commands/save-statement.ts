import type { Output } from '@shared/ipc/contract.ts'
import { AppError } from '@shared/ipc/errors.ts'
import { getMeta } from '../db/meta.ts'
import type { Desk } from '../desk.ts'
import { printAssets } from '../letters/letter-assets.ts'
import { finishPdf } from '../letters/pdf-finish.ts'
import { renderStatement } from '../letters/render-statement.ts'
import { mirroredRow } from '../mirror/rows.ts'
import { currentProfile, today } from '../queries/letters.ts'
import { outageReport } from '../queries/outages.ts'

/** Prints the statement of the last `days` days to a PDF and lets the person save it. Throws no_profile or print_failed. */
export async function saveStatement(desk: Desk, days: number): Promise<Output<'sync.statement'>> {
  const { db, device, host } = desk
  const { utcOffsetMinutes = 540, zoneLabel = 'WIT' } = desk.settings()?.calendar ?? {}
  const agencyName = mirroredRow(db, 'agency', device.agencyId)?.body.name ?? device.agencyId
  const skew = getMeta(db, 'clock_skew_ms')
  const html = renderStatement({
    profile: currentProfile(desk),
    assets: printAssets,
    zone: { utcOffsetMinutes, zoneLabel },
    agencyName,
    deviceCode: device.code,
    version: host.version,
    report: outageReport(desk, days),
    clockSkewMs: skew === null ? null : Number(skew),
  })
  const title = 'Keterangan gangguan sambungan'
  const at = host.now()
  const name = `${title} ${today(desk)}.pdf`
  const printed = await host
    .printPdf({ html, title })
    .catch((error: unknown) => Promise.reject(new AppError('print_failed', String(error))))
  const creator = `Meja Lapor ${host.version}`
  const { bytes } = await finishPdf(printed, { title, author: agencyName, subject: title, creator, at })
  return { saved: await host.saveFile(name, bytes) }
}
