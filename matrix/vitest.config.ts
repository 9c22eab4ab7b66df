import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { matrixApps } from './apps.ts'
import { selectApps, selectedWords } from './lib/select-apps.ts'

/** An installation from an empty cache over a slow line. */
const LONG = 10 * 60_000

const { apps, newcomer } = selectApps(selectedWords(process.env), matrixApps)

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    include: [...(apps.length > 0 ? ['apps.matrix.ts'] : []), ...(newcomer ? ['newcomer.matrix.ts'] : [])],
    globalSetup: 'lib/set-up.ts',
    testTimeout: LONG,
    hookTimeout: LONG,
  },
})
