import { boot, createDeskNode, kill, shut, withDisk } from './desk-node.ts'
import { HubDied } from './hub-database.ts'
import { HUB_URL } from './hub-node.ts'
import type { People } from './people.ts'
import type { Step } from './plan.ts'
import type { Draw } from './random.ts'
import type { DeskNode, World } from './world.ts'

const MINUTE = 60_000
const DAY = 86_400_000

/** Everything that can happen to a world. */
export interface Steps {
  take(step: Step): Promise<void>
  /** A citizen reports something. */
  report(draw: Draw, n: number): Promise<void>
}

/** The steps of one world. */
export function createSteps(world: World, people: People): Steps {
  const { timeline, hub } = world
  const images = new Map<string, unknown>()

  const post = async (path: string, fields: Record<string, string>): Promise<void> => {
    if (hub.down) return
    const form = new URLSearchParams({ api_key: 'kunci-warga', ...fields }).toString()
    try {
      await hub.handle({
        method: 'POST',
        url: `${HUB_URL}/open311/v2/${path}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: Buffer.from(form),
      })
    } catch (error) {
      if (!(error instanceof HubDied)) throw error
      world.count('hub died')
      timeline.after(20_000, () => hub.restart())
    }
  }
  const report = async (draw: Draw, n: number) => {
    const anonymous: Record<string, string> = draw.chance(0.3) ? { 'attribute[anonim]': 'ya' } : {}
    await post('requests.json', {
      service_code: draw.pick(['jalan', 'jalan', 'drainase', 'sampah', 'lain']),
      description: `Laporan kanari${n}x tentang jalan rusak.`,
      address_string: 'Jalan Cenderawasih',
      first_name: `Warga${n}x`,
      client_ref: `r${n}`,
      ...anonymous,
    })
  }
  const expire = async (desk: DeskNode): Promise<void> => {
    await hub.q('delete from sessions where device_id = $1', [desk.enrolled.deviceId])
  }
  const running = (draw: Draw): DeskNode | null => {
    const on = world.desks.filter((desk) => desk.life && !desk.life.dead)
    return on.length === 0 ? null : draw.pick(on)
  }

  const happen: Record<Step['kind'], (draw: Draw, step: Step) => Promise<void> | void> = {
    async act(draw) {
      const desk = running(draw)
      if (desk) await people.act(desk, draw)
    },
    citizen: (draw, step) => report(draw, 100 + Number(step.name.split('/')[1])),
    async message(draw, step) {
      const rows = await hub.q<{ number: string }>('select number from reports order by number')
      if (rows.length === 0) return
      await post('servicerequestupdates.json', {
        service_request_id: draw.pick(rows).number,
        update_id: step.name,
        description: `Pesan ${step.name}`,
      })
    },
    kill: (draw) => {
      const desk = running(draw)
      if (desk) kill(world, desk)
    },
    dieAtWrite: (draw) => {
      const desk = running(draw)
      if (desk) desk.life!.db.dieAtWrite = 1 + draw.below(40)
    },
    dieAfterCommit: (draw) => {
      const desk = running(draw)
      if (desk) desk.life!.db.dieAfterCommit = 1 + draw.below(8)
    },
    boot: (draw) => {
      const off = world.desks.filter((desk) => !desk.life)
      if (off.length === 0) return
      const desk = draw.pick(off)
      boot(world, desk, draw.chance(0.5) ? desk.personId : draw.pick(desk.enrolled.people).id)
    },
    switch: (draw) => {
      const desk = running(draw)
      if (!desk) return
      shut(world, desk)
      boot(world, desk, draw.pick(desk.enrolled.people).id)
    },
    cut: (draw) => {
      draw.pick(world.desks).link.downUntil = timeline.now() + draw.below(15) * MINUTE
    },
    hubDies: (draw) => hub.dieAtCommit(1 + draw.below(6), draw.chance(0.5) ? 'before' : 'after'),
    backup: () => hub.backup(),
    async restoreHub() {
      // Without a copy there is nothing to go back to yet.
      if (!(await hub.restore())) return hub.backup()
      world.hubRestored = true
      world.count('hub restored')
    },
    image: (draw) => {
      const desk = running(draw)
      if (desk) images.set(desk.name, desk.store.image())
    },
    restoreDisk: (draw, step) => {
      const desk = draw.pick(world.desks)
      const image = images.get(desk.name)
      if (image === undefined) return happen.image(draw, step)
      kill(world, desk)
      desk.life = null
      desk.store.restore(image)
      promiseAnew(desk)
      world.diskCopied = true
      world.count('disk restored')
    },
    clone: (draw) => {
      const desk = draw.pick(world.desks)
      const image = images.get(desk.name)
      if (image === undefined || world.desks.length > 12) return
      const name = `${desk.name}b${world.desks.length}`
      const twin = createDeskNode(
        world,
        desk.enrolled,
        desk.store.clone(image, `${world.folder}/${name}`),
        name,
      )
      twin.proven = new Map(desk.proven)
      promiseAnew(twin)
      world.desks.push(twin)
      world.diskCopied = true
      world.count('disk cloned')
      boot(world, twin, desk.personId)
    },
    /** Two people at one PC without a link, on the same reports; meanwhile the first one's session may run out. */
    async handOver(draw) {
      const desk = running(draw)
      if (!desk) return
      desk.link.downUntil = timeline.now() + (1 + draw.below(4)) * MINUTE
      for (let i = 0; i < 2; i++) await people.act(desk, draw, 'triage')
      if (draw.chance(0.7)) await expire(desk)
      shut(world, desk)
      boot(world, desk, draw.pick(desk.enrolled.people).id)
      for (let i = 0; i < 2; i++) await people.act(desk, draw, 'triage')
    },
    expire: (draw) => expire(draw.pick(world.desks)),
    leap: (draw) => timeline.leap(draw.chance(0.5) ? draw.below(40) * DAY : draw.below(600) * MINUTE),
    skew: (draw) => {
      draw.pick(world.desks).skew = Math.round((draw.next() - 0.5) * draw.pick([MINUTE, DAY, 3000 * DAY]))
    },
    tidy: () => hub.tidy(),
  }

  return {
    report,
    async take(step) {
      const draw = world.draw(`step/${step.name}`)
      world.trace(`step ${step.kind}`)
      world.count(`step.${step.kind}`)
      await happen[step.kind](draw, step)
      await hub.quiet()
    },
  }
}

function promiseAnew(desk: DeskNode): void {
  desk.lastCursor = null
  withDisk(desk, (db) => desk.ledger.relearn(db))
}
