import type { RedisArgument } from '@redis/client'
import type { ResolvedRedisOptions } from '../options.ts'
import { openRedisLink } from './redis-link.ts'
import type { RedisLink } from './redis-link.ts'

/** Reads and writes have a connection each: no answer that somebody waits for stands behind megabytes that go out. */
export type Lane = 'read' | 'write'

/** The connections to one Redis, opened when they are needed. */
export interface RedisLanes {
  link(lane: Lane): Promise<RedisLink>
  /** Sends a command about one key. Where the answer is `MOVED`, it goes to the cluster instead, as all others from then on. */
  send(lane: Lane, key: string, args: readonly RedisArgument[], reply?: 'buffer'): Promise<unknown>
  /** From now on every server is a node of a cluster. */
  becomeCluster(): void
  /** Lets go of all, and of attempts under way. The next command opens them again. */
  close(): void
}

export function openRedisLanes(options: ResolvedRedisOptions): RedisLanes {
  let { cluster } = options
  let abort = new AbortController()
  let links: Partial<Record<Lane, Promise<RedisLink>>> = {}

  const open = (lane: Lane): Promise<RedisLink> => {
    const lost = (): void => {
      if (links[lane] !== link) return
      delete links[lane]
      whenOpen(link, (open) => open.destroy())
    }
    const link = openRedisLink({ ...options, cluster }, lost, abort.signal)
    // Whoever waits for it hears of a failure; nobody may.
    link.catch(() => {})
    return link
  }
  const link = (lane: Lane): Promise<RedisLink> => (links[lane] ??= open(lane))
  const takeAll = (): Promise<RedisLink>[] => {
    const all = Object.values(links)
    links = {}
    return all
  }
  const becomeCluster = (): void => {
    if (cluster) return
    cluster = true
    for (const old of takeAll()) whenOpen(old, (open) => open.retire())
  }

  return {
    link,
    async send(lane, key, args, reply) {
      const asCluster = cluster
      try {
        return await (await link(lane)).send(key, args, reply)
      } catch (error) {
        if (asCluster || !/^(?:MOVED|ASK) /.test((error as Error).message)) throw error
        becomeCluster()
        return (await link(lane)).send(key, args, reply)
      }
    },
    becomeCluster,
    close() {
      abort.abort()
      abort = new AbortController()
      for (const old of takeAll()) whenOpen(old, (open) => open.destroy())
    },
  }
}

/** A link that never opened needs no goodbye. */
function whenOpen(link: Promise<RedisLink>, use: (link: RedisLink) => void): void {
  link.then(use).catch(() => {})
}
