/** The one channel of the bridge, and the one of stale topics. Apart from the contract so that the preload stays tiny. */
export const INVOKE_CHANNEL = 'meja:invoke'
export const STALE_CHANNEL = 'meja:stale'
