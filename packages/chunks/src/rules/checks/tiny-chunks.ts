import { CONTAINER_ID, type BuildReport, type ChunkEntry } from '@paceline/build-graph'
import { formatBytes } from '@paceline/kit'
import { wayTo } from '../loads.ts'
import type { Found, Rule } from '../rule.ts'

const JOIN = "Join it with what is always loaded beside it: a group, or `chunks.strategy: 'planned'`."
const JOIN_PLANNED =
  'Join it with what is always loaded beside it: a group, or a higher `chunks.minChunkSize` and a new plan (`paceline chunks plan`).'

/** Made by the bundler where it is needed, and by nobody else. */
const HELPERS = /^virtual:rolldown\/runtime\.js$/

/** Chunks that cost a request and bring next to nothing. */
export const tinyChunks: Rule<'tinyChunks'> = {
  name: 'tinyChunks',
  check({ report, planned }, { below }) {
    const sizes = new Map(report.files.map(({ file, brotli }) => [file, brotli]))
    return report.chunks.flatMap((chunk) => {
      const size = sizes.get(chunk.file)
      // The entry is needed however small it is, and the CSS follows its chunk.
      if (chunk.kind !== 'js' || chunk.entry || size === undefined || size >= below) return []
      return isHelper(chunk) ? [] : [tiny(report, chunk, size, below, planned === true ? JOIN_PLANNED : JOIN)]
    })
  },
}

/** Whether it holds nothing but the bundler's helpers, which no option puts elsewhere. */
function isHelper({ modules }: ChunkEntry): boolean {
  const own = modules.filter(({ id }) => id !== CONTAINER_ID)
  return own.length > 0 && own.every(({ id }) => HELPERS.test(id))
}

function tiny(
  report: BuildReport,
  { name, file, facade, modules }: ChunkEntry,
  size: number,
  below: number,
  join: string,
): Found {
  const users = report.chunks.filter(({ imports }) => imports.includes(file))
  const shared = users.length > 0
  const home = users.length === 1 ? `Put it into \`${users[0]!.file}\`, which alone imports it.` : undefined
  return {
    subject: file,
    names: facade === undefined ? [file, name] : [file, name, facade],
    message: `\`${file}\` is ${formatBytes(size)}, below ${formatBytes(below)}: a request for next to nothing${shared ? `, made with ${users.length} ${users.length === 1 ? 'chunk' : 'chunks'}` : ''}.`,
    chain: wayTo(report, ({ id }) => id === (facade ?? modules[0]?.id)),
    bytes: size,
    fix:
      home ??
      (shared ? join : 'It is lazy by itself: import it statically where it is used, or together with its neighbours.'),
  }
}
