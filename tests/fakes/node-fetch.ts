import { FetchError, type FetchAnswer, type FetchRequest } from '../../electron/core/host.ts'

/** `Host.fetch` over Node's own fetch: what Electron's network stack does for the app. Redirects are answers. */
export async function nodeFetch(request: FetchRequest): Promise<FetchAnswer> {
  const silence = new AbortController()
  const giveUp = () => silence.abort(new DOMException('no byte came', 'TimeoutError'))
  let timer = setTimeout(giveUp, request.timeoutMs)
  const heard = () => {
    clearTimeout(timer)
    timer = setTimeout(giveUp, request.timeoutMs)
  }
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body ? Buffer.from(request.body) : undefined,
      redirect: 'manual',
      signal: silence.signal,
    })
    const pieces: Uint8Array[] = []
    for await (const piece of response.body ?? []) {
      heard()
      pieces.push(piece as Uint8Array)
    }
    const body = new Uint8Array(Buffer.concat(pieces))
    const headers = Object.fromEntries(response.headers)
    const url = response.headers.get('location') ?? request.url
    return {
      status: response.status,
      url,
      headers,
      body,
      wireBytes: Number(headers['content-length'] ?? body.length),
    }
  } catch (error) {
    throw new FetchError(
      error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'unreachable',
      String(error),
    )
  } finally {
    clearTimeout(timer)
  }
}
