import { safeStorage } from 'electron'

/** True only where the operating system really protects secrets: Linux without a keyring "encrypts" with a fixed password. */
function isReal(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'
}

/** Seals bytes with the system's secret store; null where there is none worth the name. */
export async function protect(plain: Uint8Array): Promise<Uint8Array | null> {
  return isReal() ? new Uint8Array(safeStorage.encryptString(Buffer.from(plain).toString('base64'))) : null
}

/** Opens what `protect` sealed; null when it cannot be opened on this account. */
export async function reveal(sealed: Uint8Array): Promise<Uint8Array | null> {
  if (!isReal()) return null
  try {
    return new Uint8Array(Buffer.from(safeStorage.decryptString(Buffer.from(sealed)), 'base64'))
  } catch {
    return null
  }
}
