import type { CacheCount, StatisticKind, Statistics } from '../shared/messages.ts'

const KINDS: Readonly<Record<string, StatisticKind>> = {
  document: 'page',
  iframe: 'page',
  script: 'script',
  worker: 'script',
  style: 'style',
  image: 'image',
  font: 'font',
}

/** What a request is for. */
export function kindOf(request: Request): StatisticKind {
  return KINDS[request.destination] ?? (request.destination === '' ? 'api' : 'other')
}

/** Counts since the worker was started by the browser, which may end it whenever it is idle: pages add up what they were told. */
export class StatisticsCounter {
  readonly #counts = new Map<StatisticKind, CacheCount>()

  hit(kind: StatisticKind, response: Response): void {
    this.#add(kind, { hits: 1, misses: 0, bytesSaved: Number(response.headers.get('content-length') ?? 0) })
  }

  miss(kind: StatisticKind): void {
    this.#add(kind, { hits: 0, misses: 1, bytesSaved: 0 })
  }

  read(): Statistics {
    return Object.fromEntries(this.#counts)
  }

  #add(kind: StatisticKind, added: CacheCount): void {
    const { hits, misses, bytesSaved } = this.#counts.get(kind) ?? { hits: 0, misses: 0, bytesSaved: 0 }
    this.#counts.set(kind, {
      hits: hits + added.hits,
      misses: misses + added.misses,
      bytesSaved: bytesSaved + added.bytesSaved,
    })
  }
}
