/**
 * Words that mean the same to a clerk who searches: inflections the stemmer misses, synonyms of the trade, and Papuan
 * Malay. One line is one family; a word also brings in whatever the stemmer reduces to the same stem, `=` before a word
 * keeps it literal. Two words joined by `_` are a fixed pair. KK is absent on purpose: it is both Kartu Keluarga and
 * Kuala Kencana.
 */
const LINES = `
rusak kerusakan hancur bobrok ambruk
banjir genangan tergenang terendam meluap luapan
longsor tanah_longsor ambles amblas
lubang berlubang bolong
aspal pengaspalan hotmix
perbaikan perbaiki memperbaiki diperbaiki =baiki betulkan renovasi rehabilitasi rehab
jembatan titian gorong-gorong
selokan drainase =got parit saluran saluran_air
sungai =kali
sampah limbah kotoran buangan
penumpukan ditumpuk menumpuk tumpukan bertumpuk
angkut pengangkutan diangkut mengangkut
bau berbau busuk
air_bersih =pdam =spam ledeng =pam
sumur sumur_bor
pju lampu_jalan penerangan penerangan_jalan
gelap kegelapan gulita
padam pemadaman mati =mati mati_lampu
listrik =pln setrum
lampu_merah traffic_light lampu_lalu =apill
angkot =taksi =angkutan mikrolet
mobil =oto kendaraan
motor sepeda_motor ojek
macet kemacetan
parkir perparkiran juru_parkir jukir
palang blokade pemalangan dipalang
kecelakaan tabrakan laka tabrak
rekam perekaman rekaman
ktp =e-ktp ktp-el identitas
akta akte kelahiran
adminduk kependudukan disdukcapil dukcapil
puskesmas pustu polindes
sakit penyakit =berobat
obat obat-obatan
dokter nakes tenaga_kesehatan perawat bidan
malaria demam
imunisasi vaksin vaksinasi posyandu
sekolah =sd =smp =sma
guru =pengajar tenaga_pendidik
murid siswa =pelajar
beasiswa bantuan_pendidikan
bansos bantuan_sosial =blt =pkh sembako
miskin tidak_mampu prasejahtera
pungli pungutan pungutan_liar dipungut sogok suap
korupsi penyelewengan selewengkan
retribusi karcis pajak tarif
pasar pedagang =los kios lapak
harga mahal kenaikan
miras minuman_keras mabuk alkohol
ribut keributan gaduh bising berisik
pencurian maling curi dicuri jambret begal
kebakaran terbakar dibakar kebakar
pohon_tumbang tumbang pohon
anjing_liar ternak
internet jaringan sinyal wifi
terlambat keterlambatan lambat =telat lama
pelayanan layanan dilayani melayani
antre antri antrean antrian
tindak_lanjut tindaklanjut ditindaklanjuti menindaklanjuti
laporan lapor melapor dilaporkan pelapor
pengaduan aduan mengadu diadukan
keluhan keluh dikeluhkan mengeluh
petugas pegawai =asn =pns staf
kantor dinas =opd
bangun pembangunan dibangun bangunan
pelebaran lebar diperlebar
trotoar pedestrian jalur_pejalan
rambu marka rambu-rambu
kabel kawat
kapal perahu speedboat longboat
pelabuhan dermaga
bandara bandar_udara lapangan_terbang
terminal halte
tanah lahan
sertifikat sertipikat
izin perizinan ijin
bahaya berbahaya membahayakan
takut ketakutan
anak anak-anak
perempuan ibu-ibu mama mama-mama
orang_tua lansia
penyandang_disabilitas disabilitas difabel
debu berdebu
asap berasap
nyamuk jentik fogging
pipa bocor kebocoran
toilet =wc jamban =mck
makam pekuburan kuburan
gereja masjid rumah_ibadah
=saya =sa =sy
=kamu =ko anda
=dia =de
=mereka =dong =dorang
=kami =kita =tong =kitong =kitorang =katong
=tidak =tra =tidak_ada =trada =tra_ada =tdk =nggak =tak =belum
=sudah =su =sdh
=mau =mo
=nanti =nan
=pergi =pi =pigi
=punya =pu =pun
=dengan =deng =dgn
=beri =kas =kasi =kasih
=jangan =jang
=dapat =dapa =dpt
=yang =yg
=jalan =jln =jl
=kampung =kp
=nomor =no =nmr
=kabupaten =kab
=distrik =kecamatan =kec
`

/** One family: its key, and its single words and pairs (`lampu merah`) with whether they are literal. */
export interface Family {
  key: string
  members: readonly { words: string; literal: boolean }[]
}

/** All families. A key is a token that no text contains: `xq` and the first member. */
export const FAMILIES: readonly Family[] = LINES.trim()
  .split('\n')
  .map((line) => {
    const members = line
      .split(' ')
      .map((word) => ({ words: word.replace(/^=/, '').replace(/[_-]/g, ' '), literal: word.startsWith('=') }))
    return { key: `xq${members[0]!.words.replace(/ /g, '')}`, members }
  })
