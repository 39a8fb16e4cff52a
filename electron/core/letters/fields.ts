/** Fields of opening, closing and reply templates. */
export type TemplateFields = Readonly<
  Record<'nama' | 'nomor' | 'subjek' | 'tanggal' | 'lokasi' | 'instansi', string>
>

/** Fills `{nama}`-like fields; an unknown one stays, so that the check before publication finds it. */
export const fillFields = (template: string, fields: TemplateFields): string =>
  template.replace(/\{([a-z]+)\}/g, (all, name: string) =>
    Object.hasOwn(fields, name) ? fields[name as keyof TemplateFields] : all,
  )
