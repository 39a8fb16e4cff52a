import type { HubErrorCode } from '@shared/sync/exchange.ts'

const WORDS: Record<HubErrorCode, readonly [status: number, message: string]> = {
  bad_request: [400, 'Permintaan tidak dapat dibaca oleh hub.'],
  protocol_too_old: [426, 'Aplikasi ini terlalu lama untuk hub. Pasang pembaruan Meja Lapor.'],
  protocol_too_new: [426, 'Hub ini lebih lama daripada aplikasi. Minta operator memperbarui hub.'],
  code_unknown: [404, 'Kode pendaftaran tidak dikenal. Periksa kembali hurufnya.'],
  code_used: [409, 'Kode pendaftaran sudah dipakai. Minta kode baru kepada operator.'],
  code_expired: [410, 'Kode pendaftaran sudah lewat waktu. Minta kode baru kepada operator.'],
  too_many_tries: [429, 'Terlalu banyak percobaan salah. Tunggu 15 menit, lalu coba lagi.'],
  device_unknown: [401, 'Perangkat ini tidak terdaftar di hub.'],
  device_revoked: [401, 'Pendaftaran perangkat ini sudah dicabut oleh operator.'],
  wrong_password: [401, 'Nama atau kata sandi salah.'],
  session_expired: [401, 'Sesi sudah berakhir. Masuk kembali.'],
  not_allowed: [403, 'Peran Anda tidak mengizinkan tindakan ini.'],
  not_found: [404, 'Tidak ditemukan di hub.'],
  too_large: [413, 'Isi terlalu besar.'],
  unsupported_media: [415, 'Jenis berkas tidak diterima. Yang diterima: JPEG, PNG, WebP, PDF.'],
  picture_unreadable: [415, 'Foto ini rusak atau bukan foto; pilih berkas lain.'],
  picture_too_large: [413, 'Foto ini terlalu besar: paling banyak 40 megapiksel.'],
  pictures_unavailable: [503, 'Hub ini sedang tidak dapat memeriksa foto. Teks tetap diterima.'],
  hash_mismatch: [422, 'Isi berkas tidak cocok dengan sidik jarinya; kirim ulang.'],
  offset_mismatch: [409, 'Unggahan sudah di tempat lain; tanyakan dahulu sampai mana.'],
  internal: [500, 'Hub mengalami gangguan. Tidak ada yang hilang; coba lagi nanti.'],
}

/** An error that `/v1` answers with its code; `detail` replaces the standard sentence. */
export class HubFault extends Error {
  readonly status: number
  constructor(
    readonly code: HubErrorCode,
    detail?: string,
  ) {
    super(detail ?? WORDS[code][1])
    this.status = WORDS[code][0]
  }
}
