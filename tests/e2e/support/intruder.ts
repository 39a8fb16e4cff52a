import { createServer } from 'node:http'
import type { Page } from '@playwright/test'

/** A server on loopback that should never hear from the page: whatever reaches it is kept. */
export interface Listener {
  url: string
  heard: string[]
  close(): Promise<void>
}

/** Starts the listener; its answers permit everything, so that only the app's own rules can refuse. */
export async function openListener(): Promise<Listener> {
  const heard: string[] = []
  const server = createServer((request, answer) => {
    heard.push(`${request.method} ${request.url}`)
    answer.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/html' })
    answer.end('<h1>outside</h1>')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    heard,
    close: () => new Promise((done) => server.close(() => done())),
  }
}

/** Tries every way out of the page that a script in it could think of. */
export function tryToLeave(page: Page, outside: string): Promise<{ opened: number; tried: number }> {
  return page.evaluate((out) => {
    const urls = [
      out,
      'https://example.com/',
      'about:blank',
      'data:text/html,<h1>data</h1>',
      'file:///etc/passwd',
      'blob:app://bundle/0',
      'javascript:void(document.title="owned")',
      'app://evil/index.html',
      'app://bundle/assets/none.html',
      'lampiran://a/0',
      'cetak://dokumen/0',
      'mailto:a@b.c',
    ]
    let opened = 0
    let tried = 0
    const attempt = (act: () => unknown) => {
      tried++
      try {
        act()
      } catch {
        // Refused loudly is refused too.
      }
    }
    const add = <T extends HTMLElement>(tag: string, set: (element: T) => void) => {
      const element = document.createElement(tag) as T
      set(element)
      document.body.append(element)
      return element
    }
    for (const url of urls) {
      for (const target of ['_blank', '_self', 'named'])
        attempt(() => {
          if (window.open(url, target) && target !== '_self') opened++
        })
      attempt(() => location.assign(url))
      attempt(() => location.replace(url))
      attempt(() => {
        location.href = url
      })
      for (const target of ['_self', '_blank', '_top'])
        attempt(() =>
          add<HTMLAnchorElement>('a', (link) => {
            link.href = url
            link.target = target
          }).click(),
        )
      for (const method of ['get', 'post'])
        attempt(() =>
          add<HTMLFormElement>('form', (form) => {
            form.action = url
            form.method = method
          }).submit(),
        )
      for (const tag of ['iframe', 'embed'])
        attempt(() => add<HTMLIFrameElement>(tag, (frame) => (frame.src = url)))
      attempt(() => add<HTMLObjectElement>('object', (element) => (element.data = url)))
      attempt(() =>
        add<HTMLMetaElement>('meta', (meta) => {
          meta.httpEquiv = 'refresh'
          meta.content = `0;url=${url}`
        }),
      )
      attempt(() => add('webview', (view) => view.setAttribute('src', url)))
    }
    return { opened, tried }
  }, outside)
}

/** Tries to fetch and to run what the policy forbids; answers the directives that refused. */
export function tryThePolicy(page: Page, outside: string): Promise<{ refused: string[]; ran: string[] }> {
  return page.evaluate(async (out) => {
    const refused: string[] = []
    const ran: string[] = []
    const owned = window as unknown as { owned?: (what: string) => void }
    owned.owned = (what) => ran.push(what)
    const seen = (event: SecurityPolicyViolationEvent) => refused.push(event.effectiveDirective)
    document.addEventListener('securitypolicyviolation', seen)
    const expectViolation = async (name: string, act: () => unknown) => {
      const before = refused.length
      const violation = new Promise<void>((done) => {
        document.addEventListener('securitypolicyviolation', () => done(), { once: true })
      })
      const result = await Promise.resolve()
        .then(act)
        .then(
          () => 'passed',
          () => 'threw',
        )
      const late = new Promise<void>((done) => setTimeout(done, 3000))
      await Promise.race([violation, late])
      if (refused.length === before) ran.push(`${name} (${result}, no violation)`)
    }
    const add = (tag: string, attributes: Record<string, string>, text = '') => {
      const element = document.createElement(tag)
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
      if (text) element.append(text)
      document.head.append(element)
    }
    await expectViolation('fetch', () => fetch(`${out}/fetch`))
    await expectViolation('own fetch', () => fetch('app://bundle/index.html'))
    await expectViolation('xhr', () => {
      const request = new XMLHttpRequest()
      request.open('GET', `${out}/xhr`)
      request.send()
    })
    await expectViolation('socket', () => new WebSocket(`${out.replace('http', 'ws')}/socket`))
    await expectViolation('events', () => new EventSource(`${out}/events`))
    await expectViolation('beacon', () => navigator.sendBeacon(`${out}/beacon`, 'x'))
    await expectViolation('image', () => {
      new Image().src = `${out}/image.png`
    })
    await expectViolation('data image', () => {
      new Image().src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='
    })
    await expectViolation('media', () => {
      new Audio(`${out}/sound.mp3`).load()
    })
    await expectViolation('font', () => new FontFace('x', `url(${out}/font.woff2)`).load())
    await expectViolation('style sheet', () => add('link', { rel: 'stylesheet', href: `${out}/a.css` }))
    await expectViolation('inline style', () => add('style', {}, 'body{display:none}'))
    await expectViolation('script text', () => add('script', {}, 'owned("inline script")'))
    await expectViolation('script url', () => add('script', { src: `${out}/a.js` }))
    await expectViolation('handler', () => document.body.setAttribute('onclick', 'owned("handler")'))
    // oxlint-disable-next-line no-eval -- the intruder's own ways
    await expectViolation('eval', () => (0, eval)('owned("eval")'))
    // oxlint-disable-next-line typescript/no-implied-eval
    await expectViolation('function', () => new Function('owned("function")')())
    // oxlint-disable-next-line typescript/no-implied-eval
    await expectViolation('timer', () => setTimeout('owned("timer")' as never, 0))
    await expectViolation('markup', () => {
      document.createElement('div').innerHTML = '<img src=x onerror=owned("markup")>'
    })
    await expectViolation('policy', () =>
      (
        window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }
      ).trustedTypes.createPolicy('mine', {}),
    )
    await expectViolation('worker', () => new Worker(URL.createObjectURL(new Blob(['0']))))
    await expectViolation('base', () => add('base', { href: out }))
    await expectViolation('module', () => import(/* @vite-ignore */ `${out}/module.js`))
    document.removeEventListener('securitypolicyviolation', seen)
    document.body.removeAttribute('onclick')
    return { refused: [...new Set(refused)].toSorted(), ran }
  }, outside)
}
