/** The English side of a catalogue: the same keys as the Indonesian one, plus `…_one` beside every `…_other`. */
export type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> } & {
  readonly [K in keyof T as K extends `${infer Base}_other` ? `${Base}_one` : never]: string
}
