import { rm } from 'node:fs/promises'
import { expect, test as base } from '@playwright/test'
import type { Certificate } from '../../link/certificate.ts'
import { openFaultProxy, type FaultProxy } from '../../link/fault-proxy.ts'
import { OPEN_LINE, openSlowLink, type SlowLink } from '../../link/slow-link.ts'
import { citizenOf, type Citizen } from './citizen.ts'
import { launchDesk, type DeskApp, type LaunchOptions } from './desk-app.ts'
import { startHubProcess, type HubProcess } from './hub-process.ts'
import { enrol, signIn } from './steps.ts'

/** A PC of the office on a link that the test can cut. */
export interface Pc extends DeskApp {
  gate: FaultProxy
}

/** A PC at the end of a long line: `line` is the wire, `gate` what stands at the hub's end of it. */
export interface FarPc extends Pc {
  line: SlowLink
}

interface Fixtures {
  /** The real hub in a process of its own; gone after the test, whatever happened. */
  hub: HubProcess
  citizen: Citizen
  /** Starts the app. After the test every app is closed, and a single console error fails the test. */
  launch: (name: string, options?: LaunchOptions) => Promise<DeskApp>
  /** A link of its own to the hub; with a certificate it speaks TLS. */
  gate: (certificate?: Certificate) => Promise<FaultProxy>
  /** A PC enrolled at the hub through a gate of its own, with this person signed in. */
  pcOf: (name: string, person: string) => Promise<Pc>
  /** The same behind a line that is quick at first and can be made as bad as a satellite's. */
  farPcOf: (name: string, person: string) => Promise<FarPc>
}

/** Tests with a hub and any number of PCs, all cleared away afterwards. */
export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names out of the pattern
  hub: async ({}, use) => {
    const hub = await startHubProcess()
    await use(hub)
    await hub.remove()
  },
  citizen: ({ hub }, use) => use(citizenOf(hub.url)),
  // oxlint-disable-next-line no-empty-pattern
  launch: async ({}, use, testInfo) => {
    const desks: DeskApp[] = []
    await use(async (name, options) => {
      const desk = await launchDesk(name, options)
      desks.push(desk)
      return desk
    })
    const failed = testInfo.status !== testInfo.expectedStatus
    for (const desk of desks) await closeWithin(desk, 10_000)
    if (!failed) {
      for (const desk of desks) await rm(desk.userData, { recursive: true, force: true })
      expect(desks.flatMap((desk) => desk.complaints)).toEqual([])
    }
  },
  gate: async ({ hub }, use) => {
    const gates: FaultProxy[] = []
    await use(async (certificate) => {
      const gate = await openFaultProxy(hub.url, certificate)
      gates.push(gate)
      return gate
    })
    for (const gate of gates) await gate.close()
  },
  pcOf: async ({ hub, launch, gate }, use) => {
    await use(async (name, person) => {
      const link = await gate()
      const desk = await launch(name)
      await enrol(desk, { ...hub, url: link.url })
      await signIn(desk, person)
      return Object.assign(desk, { gate: link })
    })
  },
  farPcOf: async ({ hub, launch, gate }, use) => {
    const lines: SlowLink[] = []
    await use(async (name, person) => {
      const link = await gate()
      const line = await openSlowLink({ port: Number(new URL(link.url).port) }, OPEN_LINE, name)
      lines.push(line)
      const desk = await launch(name)
      await enrol(desk, { ...hub, url: line.url })
      await signIn(desk, person)
      return Object.assign(desk, { gate: link, line })
    })
    for (const line of lines) await line.close()
  },
})

/** Closes an app as its user would; one that does not go is ended. */
async function closeWithin(desk: DeskApp, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<void>((resolve) => {
    timer = setTimeout(() => resolve(desk.kill()), ms)
  })
  await Promise.race([desk.close(), tooLong])
  clearTimeout(timer)
}
