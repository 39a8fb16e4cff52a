import type { ErrorCode } from '@shared/ipc/errors.ts'

/** Per code: what happened, what is safe, what to do. */
interface ErrorWords {
  what: string
  safe: string
  todo: string
}

const kept = 'Tidak ada yang berubah.'
const keptHere = 'Semua pekerjaan tersimpan di komputer ini.'

export default {
  bad_input: { what: 'Isian belum benar.', safe: kept, todo: 'Periksa kolom yang ditandai, lalu coba lagi.' },
  not_allowed: {
    what: 'Peran Anda tidak boleh melakukan ini.',
    safe: kept,
    todo: 'Minta pejabat atau admin instansi melakukannya.',
  },
  wrong_state: {
    what: 'Laporan sudah berpindah keadaan.',
    safe: kept,
    todo: 'Lihat keadaan terbarunya, lalu pilih tindakan yang masih tersedia.',
  },
  reason_required: {
    what: 'Alasan belum diisi.',
    safe: kept,
    todo: 'Tulis alasan singkat. Alasan tercatat di riwayat.',
  },
  four_eyes: {
    what: 'Penulis tidak boleh menyetujui jawabannya sendiri.',
    safe: 'Jawaban tetap menunggu persetujuan.',
    todo: 'Minta pejabat lain menyetujuinya.',
  },
  stale_content: {
    what: 'Isi berubah sejak Anda membukanya.',
    safe: 'Belum ada yang disetujui atau dikirim.',
    todo: 'Baca isi terbaru, lalu putuskan lagi.',
  },
  not_found: {
    what: 'Data tidak ada di komputer ini.',
    safe: keptHere,
    todo: 'Mungkin laporan sudah dialihkan. Kembali ke daftar.',
  },
  locked: { what: 'Aplikasi terkunci.', safe: keptHere, todo: 'Masuk lagi dengan kata sandi Anda.' },
  wrong_password: {
    what: 'Kata sandi salah.',
    safe: kept,
    todo: 'Periksa huruf besar dan kecil, lalu coba lagi.',
  },
  password_unknown_here: {
    what: 'Orang ini belum pernah masuk di komputer ini.',
    safe: keptHere,
    todo: 'Sambungkan ke jaringan untuk masuk pertama kali. Setelah itu bisa tanpa jaringan.',
  },
  session_expired: {
    what: 'Sesi berakhir.',
    safe: 'Draf dan antrean tetap tersimpan.',
    todo: 'Masuk lagi untuk melanjutkan.',
  },
  code_unknown: {
    what: 'Kode pendaftaran tidak dikenal hub ini.',
    safe: kept,
    todo: 'Cocokkan huruf dan angkanya, atau minta kode baru kepada operator kabupaten.',
  },
  code_used: {
    what: 'Kode pendaftaran sudah dipakai.',
    safe: kept,
    todo: 'Satu kode hanya untuk satu komputer. Minta kode baru.',
  },
  code_expired: {
    what: 'Kode pendaftaran sudah kedaluwarsa.',
    safe: kept,
    todo: 'Minta kode baru kepada operator kabupaten.',
  },
  too_many_tries: {
    what: 'Terlalu banyak percobaan.',
    safe: kept,
    todo: 'Tunggu beberapa menit, lalu coba lagi.',
  },
  device_revoked: {
    what: 'Izin komputer ini dicabut oleh operator.',
    safe: 'Pekerjaan yang belum terkirim masih tersimpan di sini.',
    todo: 'Hubungi operator kabupaten untuk mendaftarkan ulang.',
  },
  bad_address: {
    what: 'Alamat hub tidak benar.',
    safe: kept,
    todo: 'Tulis seperti https://hub.contoh.go.id, tanpa spasi.',
  },
  hub_unreachable: {
    what: 'Hub tidak terjangkau.',
    safe: keptHere,
    todo: 'Periksa jaringan. Aplikasi mencoba lagi sendiri.',
  },
  not_a_hub: {
    what: 'Alamat ini dijawab oleh situs lain, bukan hub Meja Lapor.',
    safe: kept,
    todo: 'Periksa alamatnya, atau tanyakan kepada operator kabupaten.',
  },
  login_page: {
    what: 'Jaringan meminta masuk lebih dahulu (halaman Wi-Fi).',
    safe: keptHere,
    todo: 'Buka peramban, masuk ke Wi-Fi, lalu coba lagi.',
  },
  network_login: {
    what: 'Jaringan menyatakan bahwa Anda harus masuk dahulu (511).',
    safe: keptHere,
    todo: 'Buka peramban, masuk ke jaringan, lalu tekan Sinkronkan sekarang.',
  },
  redirected: {
    what: 'Permintaan ke hub dibelokkan ke alamat lain.',
    safe: 'Tidak ada yang dikirim ke alamat itu. Semua pekerjaan tersimpan di komputer ini.',
    todo: 'Mungkin Wi-Fi meminta masuk: buka peramban. Bila tidak, tanyakan alamat hub kepada operator.',
  },
  gate_login: {
    what: 'Ada gerbang di depan hub yang meminta nama dan kata sandi (401).',
    safe: keptHere,
    todo: 'Minta pengelola jaringan membuka jalan ke hub tanpa gerbang itu.',
  },
  proxy_login: {
    what: 'Proksi jaringan kantor meminta nama dan kata sandi (407).',
    safe: keptHere,
    todo: 'Minta pengelola jaringan mengizinkan Meja Lapor lewat proksi, atau pakai jaringan lain.',
  },
  tls_untrusted: {
    what: 'Sertifikat yang menjawab tidak dikenal; sambungan mungkin disadap di tengah jalan.',
    safe: 'Tidak ada yang dikirim. Semua pekerjaan tersimpan di komputer ini.',
    todo: 'Periksa tanggal komputer, lalu pakai jaringan lain. Bila berulang, beri tahu operator kabupaten.',
  },
  sync_stuck: {
    what: 'Hub menjawab, tetapi tidak memberi tanda terima untuk kiriman yang menunggu.',
    safe: 'Tidak ada yang hilang. Sambungan sudah dibuka ulang dan kiriman tetap antre.',
    todo: 'Biarkan mencoba lagi. Bila sampai besok masih begini, beri tahu operator kabupaten.',
  },
  hub_too_old: {
    what: 'Versi hub lebih lama daripada aplikasi ini.',
    safe: keptHere,
    todo: 'Minta operator memperbarui hub.',
  },
  hub_too_new: {
    what: 'Versi hub lebih baru daripada aplikasi ini.',
    safe: keptHere,
    todo: 'Perbarui Meja Lapor di komputer ini.',
  },
  wrong_hub: {
    what: 'Alamat ini milik hub lain, bukan hub tempat komputer ini terdaftar.',
    safe: keptHere,
    todo: 'Periksa alamat hub di Pengaturan.',
  },
  hub_error: {
    what: 'Hub sedang bermasalah.',
    safe: keptHere,
    todo: 'Aplikasi mencoba lagi sendiri. Bila berlanjut, kabari operator.',
  },
  too_large: {
    what: 'Berkas lebih besar daripada 10 MB.',
    safe: 'Berkas lain tetap dilampirkan.',
    todo: 'Perkecil gambar atau PDF, lalu pilih lagi.',
  },
  unsupported_file: {
    what: 'Jenis berkas ini tidak diterima.',
    safe: 'Berkas lain tetap dilampirkan.',
    todo: 'Pakai gambar JPEG, PNG, WebP, atau PDF.',
  },
  not_downloaded: {
    what: 'Berkas belum terunduh ke komputer ini.',
    safe: 'Berkas aman di hub.',
    todo: 'Sambungkan ke jaringan dan tunggu sinkron.',
  },
  disk_low: {
    what: 'Penyimpanan komputer hampir penuh.',
    safe: 'Pekerjaan Anda tetap disimpan dan dikirim. Unduhan menunggu.',
    todo: 'Kosongkan ruang sedikitnya 1 GB.',
  },
  disk_full: {
    what: 'Penyimpanan komputer penuh.',
    safe: 'Yang sudah tersimpan tetap utuh. Perubahan terakhir belum tersimpan.',
    todo: 'Kosongkan sedikit ruang, lalu coba lagi.',
  },
  folder_not_writable: {
    what: 'Folder data tidak bisa ditulisi.',
    safe: 'Data yang ada tidak disentuh.',
    todo: 'Minta admin komputer memberi izin tulis pada folder itu, lalu buka lagi aplikasi.',
  },
  db_corrupt: {
    what: 'Basis data di komputer ini rusak.',
    safe: 'Berkas lama disimpan, tidak dihapus. Data yang sudah diterima hub aman di hub.',
    todo: 'Bangun ulang. Pekerjaan yang belum terkirim diambil kembali dari jurnal.',
  },
  db_busy: {
    what: 'Basis data sedang dipakai program lain.',
    safe: keptHere,
    todo: 'Tutup jendela Meja Lapor yang lain, lalu coba lagi.',
  },
  db_from_future: {
    what: 'Data ini dibuat oleh Meja Lapor yang lebih baru.',
    safe: 'Data tidak disentuh.',
    todo: 'Pasang versi terbaru Meja Lapor di komputer ini.',
  },
  wrong_key: {
    what: 'Kunci data tidak cocok.',
    safe: 'Data tetap tersandi dan utuh.',
    todo: 'Masuk dengan akun yang pernah dipakai di komputer ini, atau bangun ulang dari hub.',
  },
  hub_data_in_use: {
    what: 'Data hub latihan sedang dipakai program lain.',
    safe: 'Data latihan utuh.',
    todo: 'Tutup Meja Lapor yang lain di komputer ini, lalu coba lagi.',
  },
  no_number: {
    what: 'Nomor surat di komputer ini habis.',
    safe: 'Surat menunggu nomor dan tidak hilang.',
    todo: 'Sambungkan ke hub untuk mengambil nomor.',
  },
  no_profile: {
    what: 'Profil surat instansi belum ada.',
    safe: kept,
    todo: 'Minta admin instansi melengkapi profil tata naskah.',
  },
  print_failed: {
    what: 'Printer tidak mencetak.',
    safe: 'Surat dan nomornya tersimpan.',
    todo: 'Periksa printer dan kertas, lalu cetak lagi.',
  },
  cancelled: { what: 'Dibatalkan.', safe: kept, todo: 'Ulangi bila perlu.' },
  internal: {
    what: 'Terjadi kesalahan yang tidak dikenal.',
    safe: 'Yang sudah tersimpan tetap utuh.',
    todo: 'Coba lagi. Bila berulang, catat kodenya dan hubungi operator.',
  },
} as const satisfies Record<ErrorCode, ErrorWords>
