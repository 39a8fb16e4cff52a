import { app, Menu, type MenuItemConstructorOptions } from 'electron'

/** Where outages are listed and their statement is printed, as an address of the app. */
const OUTAGES = '#/sync-center?tab=link'

/**
 * The native menu in Indonesian; edit roles must be there or copy and paste have no keys on macOS. `show` takes the
 * window to an address of the app.
 */
export function installMenu(packaged: boolean, show: (hash: string) => void): void {
  const mac = process.platform === 'darwin'
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom', label: 'Ukuran asli' },
    { role: 'zoomIn', label: 'Perbesar' },
    { role: 'zoomOut', label: 'Perkecil' },
    { type: 'separator' },
    { role: 'togglefullscreen', label: 'Layar penuh' },
  ]
  if (!packaged) view.push({ type: 'separator' }, { role: 'toggleDevTools', label: 'Alat pengembang' })
  const template: MenuItemConstructorOptions[] = [
    ...(mac ? [{ role: 'appMenu' } as MenuItemConstructorOptions] : []),
    {
      label: 'Berkas',
      submenu: [
        { label: 'Keterangan gangguan sambungan…', click: () => show(OUTAGES) },
        { type: 'separator' },
        mac
          ? { role: 'close', label: 'Tutup jendela' }
          : { label: `Keluar dari ${app.name}`, accelerator: 'Ctrl+Q', click: () => app.quit() },
      ],
    },
    {
      label: 'Sunting',
      submenu: [
        { role: 'undo', label: 'Urungkan' },
        { role: 'redo', label: 'Ulangi' },
        { type: 'separator' },
        { role: 'cut', label: 'Potong' },
        { role: 'copy', label: 'Salin' },
        { role: 'paste', label: 'Tempel' },
        { role: 'selectAll', label: 'Pilih semua' },
      ],
    },
    { label: 'Tampilan', submenu: view },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
