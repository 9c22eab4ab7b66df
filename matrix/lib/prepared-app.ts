import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Ended } from '../../scripts/lib/run.ts'
import type { MatrixApp } from '../apps.ts'
import { installApp } from './install-app.ts'
import type { Packed } from './install-app.ts'
import { runBuild } from './run-build.ts'

/** An app of the matrix in a folder of its own. */
export interface PreparedApp {
  readonly app: MatrixApp
  /** Its Vite root, absolute. */
  readonly root: string
  /** The output of its client, absolute. */
  readonly dir: string
  /** Settles when it is installed. */
  readonly installed: Promise<void>
  /** Its build, which runs once, whoever asks first. */
  readonly built: () => Promise<Ended>
}

const apps = fileURLToPath(new URL('../apps/', import.meta.url))

/** Installs apps one after the other, ahead of the tests: one waits for the network while another one builds. */
export function prepareApps(chosen: readonly MatrixApp[], folder: string, packed: Packed): PreparedApp[] {
  let before: Promise<unknown> = Promise.resolve()
  return chosen.map((app) => {
    const to = join(folder, app.name)
    const root = join(to, app.root ?? '.')
    const installed = before.then(() => installApp({ from: join(apps, app.name), to, root: app.root ?? '.' }, packed))
    // The next one is not to blame for it, and whose app it is says so in its own test.
    before = installed.catch(() => {})
    let build: Promise<Ended> | undefined
    const built = (): Promise<Ended> => (build ??= installed.then(() => runBuild(root)))
    return { app, root, dir: join(root, app.outDir ?? 'dist'), installed, built }
  })
}
