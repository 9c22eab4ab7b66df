import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (name: string) => fileURLToPath(new URL(`./packages/${name}/src/index.ts`, import.meta.url))

export default defineConfig({
  resolve: {
    // Tests run against the sources, so that a failing line is a line somebody wrote.
    alias: [
      {
        find: '@paceline/delivery/server',
        replacement: fileURLToPath(new URL('./packages/delivery/src/server/index.ts', import.meta.url)),
      },
      { find: /^@paceline\/([a-z-]+)$/, replacement: source('$1') },
      { find: /^paceline$/, replacement: source('paceline') },
    ],
  },
  test: {
    include: [
      'packages/*/{client,src,worker}/**/*.test.{ts,tsx}',
      'action/**/*.test.ts',
      'scripts/**/*.test.ts',
      'bench/**/*.test.ts',
      'matrix/*.test.ts',
      'matrix/lib/**/*.test.ts',
      'playground/**/*.test.ts',
    ],
    // No test keeps anything in somebody's Redis.
    env: { PACELINE_REDIS_URL: '' },
    // Vitest leaves a core to the editor and the watcher: on two cores that is half of them.
    maxWorkers: availableParallelism(),
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
