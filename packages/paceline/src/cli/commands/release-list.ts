import { renderJson } from '@paceline/budgets'
import type { Command } from '../command.ts'
import { loadDelivery } from '../release/load-delivery.ts'
import { listReleases, renderReleases } from '../release/render-release.ts'

export const releaseList: Command = {
  name: 'release list',
  summary: 'The releases in the archive, newest first.',
  positionals: { usage: '', least: 0, most: 0 },
  options: {},
  examples: ['paceline release list', 'paceline release list --json'],
  async run(invocation, io) {
    const { archive } = await loadDelivery(invocation, io)
    const releases = listReleases(await archive.list())
    const result = invocation.flag('json')
      ? renderJson({ schemaVersion: 1, dir: archive.dir, releases })
      : renderReleases(releases, io)
    return { code: 0, result }
  },
}
