import { isIP } from 'node:net'
import { connect } from 'node:tls'

/** Longest that naming the issuer holds up the error it belongs to. */
const PATIENCE_MS = 3000

/**
 * Who issued the certificate that answers at `url`, as people would name it; null when it cannot be read. Looks at the
 * certificate only: the connection is closed before a byte of a request is sent, and nothing is trusted because of it.
 */
export function readIssuer(url: string): Promise<string | null> {
  const { hostname, port } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  return new Promise((resolve) => {
    // The refusal has happened already; this is how one sees whom it was about.
    const at = { host, port: Number(port || 443), ...(isIP(host) ? {} : { servername: host }) }
    const socket = connect({ ...at, rejectUnauthorized: false })
    const done = (issuer: string | null) => {
      clearTimeout(timer)
      socket.destroy()
      resolve(issuer)
    }
    const timer = setTimeout(() => done(null), PATIENCE_MS)
    socket.once('error', () => done(null))
    socket.once('secureConnect', () => {
      const { CN, O } = socket.getPeerCertificate().issuer ?? {}
      const names = [CN, O].flat().filter((name) => name !== undefined)
      done(
        [...new Set(names)]
          .join(', ')
          .replace(/["\p{C}]/gu, '')
          .slice(0, 120) || null,
      )
    })
  })
}
