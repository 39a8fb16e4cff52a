import { createServer, request as forward } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'

/** A proxy that an office's settings name, as Chromium finds it there. */
export interface ForwardProxy {
  /** `127.0.0.1:port`, as `--proxy-server` takes it. */
  address: string
  /** Whether it lets requests through, or answers each with 407 and asks for a name and a password. */
  letThrough(open: boolean): void
  /** Requests refused and passed. */
  seen: { refused: number; passed: number }
  close(): Promise<void>
}

const ASKS = { 'proxy-authenticate': 'Basic realm="kantor"', 'content-length': '0' }

/** Starts a proxy that asks for a password until it is told to let everything through. */
export async function openForwardProxy(): Promise<ForwardProxy> {
  let open = false
  const seen = { refused: 0, passed: 0 }
  const server = createServer((request, answer) => {
    if (!open) {
      seen.refused++
      return void answer.writeHead(407, ASKS).end()
    }
    seen.passed++
    const { method, headers, url = '' } = request
    const onward = forward(url, { method, headers })
    onward.once('error', () => answer.destroy())
    onward.once('response', (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers)
      response.pipe(answer)
    })
    request.pipe(onward)
    answer.once('close', () => onward.destroy())
  })
  // What is asked for by `https` is tunnelled.
  server.on('connect', ({ url = '' }, socket) => {
    if (!open) {
      seen.refused++
      return void socket.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm="kantor"\r\n\r\n',
      )
    }
    seen.passed++
    const far = connect(Number(url.split(':')[1]), url.split(':')[0], () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      socket.pipe(far).pipe(socket)
    })
    for (const end of [far, socket])
      end.on('error', () => {
        far.destroy()
        socket.destroy()
      })
  })
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    letThrough: (now) => void (open = now),
    seen,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        // The server itself lets go of tunnels.
        for (const socket of sockets) socket.destroy()
      }),
  }
}
