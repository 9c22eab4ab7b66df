import { clearCache } from '@paceline/artifact-cache'
import { renderJson } from '@paceline/budgets'
import { loadCache } from '../cache/load-cache.ts'
import { renderCleared } from '../cache/render-cache.ts'
import type { Command } from '../command.ts'

export const cacheClear: Command = {
  name: 'cache clear',
  summary: 'Remove what a pattern matches from the artifact cache, in all tiers.',
  positionals: { usage: '<pattern>', least: 1, most: 1 },
  options: {},
  examples: ["paceline cache clear 'brotli:*'", "paceline cache clear '*'"],
  async run(invocation, io) {
    const [pattern = ''] = invocation.positionals
    const { options } = await loadCache(invocation, io)
    const cleared = await clearCache(options, pattern)
    const result = invocation.flag('json')
      ? renderJson({ schemaVersion: 1, pattern, namespace: options.namespace, tiers: cleared })
      : renderCleared(cleared, pattern, io)
    return { code: 0, result }
  },
}
