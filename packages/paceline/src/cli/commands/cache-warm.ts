import { renderJson } from '@paceline/budgets'
import { loadCache } from '../cache/load-cache.ts'
import { renderWarmed } from '../cache/render-cache.ts'
import { warmCache } from '../cache/warm-cache.ts'
import type { Command } from '../command.ts'
import { appOf } from '../rebuild/app-of.ts'

export const cacheWarm: Command = {
  name: 'cache warm',
  summary: 'Fill the artifact cache by a build that is thrown away, and Redis with what this machine has.',
  positionals: { usage: '', least: 0, most: 0 },
  options: {},
  examples: ['paceline cache warm'],
  async run(invocation, io) {
    const cache = await loadCache(invocation, io)
    const answer = await warmCache(appOf(invocation, io), cache)
    const { dir, redis } = cache.options
    const result = invocation.flag('json')
      ? renderJson({ schemaVersion: 1, dir, ...(redis ? { redis: redis.shown } : {}), ...answer })
      : renderWarmed(answer, cache.options, io)
    return { code: 0, result }
  },
}
