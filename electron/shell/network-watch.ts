import type { NetworkInterfaceInfo } from 'node:os'

/** How often the PC's addresses are looked at; reading them costs microseconds and no packet. */
const LOOK_MS = 3000

type Interfaces = NodeJS.Dict<Pick<NetworkInterfaceInfo, 'address' | 'internal'>[]>

/** What this PC can be reached by, as one text; empty without a network. Link-local addresses say nothing of a link. */
export const addressesOf = (interfaces: Interfaces): string =>
  Object.entries(interfaces)
    .flatMap(([name, list = []]) =>
      list
        .filter(({ internal, address }) => !internal && !/^(fe80:|169\.254\.)/i.test(address))
        .map(({ address }) => `${name}/${address}`),
    )
    .sort()
    .join(' ')

/**
 * Tells when this PC got another way to the network: a cable, a Wi-Fi, a phone, a VPN. A hint to try at once, never
 * evidence of a link; losing one is not told. Answers a stop.
 */
export function watchNetwork(
  read: () => Interfaces,
  onChange: () => void,
  every: (ms: number, run: () => void) => () => void = repeat,
): () => void {
  let known = addressesOf(read())
  return every(LOOK_MS, () => {
    const now = addressesOf(read())
    const isNews = now !== '' && now !== known
    known = now
    if (isNews) onChange()
  })
}

function repeat(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms)
  return () => clearInterval(timer)
}
