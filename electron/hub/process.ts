import { randomBytes } from 'node:crypto'
import { runCli } from './process-cli.ts'
import { runChild, type ParentPort } from './process-child.ts'

/** Entry of the hub's own process: a child of the desktop app, or a server started by hand. */
const { parentPort } = process as unknown as { parentPort?: ParentPort }
const random = (bytes: number): Uint8Array => randomBytes(bytes)

if (parentPort) runChild(parentPort, random, process.exit)
else process.exitCode = await runCli(process.argv.slice(2), random)
