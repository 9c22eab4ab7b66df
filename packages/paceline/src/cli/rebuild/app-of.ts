import { resolve } from 'node:path'
import type { Invocation } from '../command.ts'
import { rootOf } from '../contract/load-config.ts'
import type { Io } from '../io.ts'
import type { RebuiltApp } from './rebuild-request.ts'

/** The app that an invocation speaks of. */
export function appOf(invocation: Invocation, io: Io): RebuiltApp {
  const config = invocation.text('config')
  return {
    root: rootOf(invocation, io),
    configFile: config === undefined ? undefined : resolve(io.cwd, config),
    mode: invocation.text('mode'),
  }
}
