import { Fragment } from 'react'

const HIT = /\[\[(.*?)\]\]/gs

/** Text with the search's `[[`…`]]` as marks. */
export function Highlight({ text }: { text: string }) {
  const parts = text.split(HIT)
  return (
    <>
      {parts.map((part, index) =>
        // The text between the brackets stands at every odd place.
        index % 2 === 1 ? <mark key={index}>{part}</mark> : <Fragment key={index}>{part}</Fragment>,
      )}
    </>
  )
}
