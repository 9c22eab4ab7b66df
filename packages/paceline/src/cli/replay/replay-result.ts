/** What a replay of some commits came to. All bytes are brotli unless said otherwise. */
export interface ReplayResult {
  readonly range: string
  readonly strategies: readonly StrategyResult[]
  readonly deploys: readonly DeployResult[]
  /** Commits that were left out, with the reason. */
  readonly skipped: readonly SkippedCommit[]
}

export interface StrategyResult {
  readonly name: string
  /** Bytes that a returning visitor downloads per deploy: mean over routes and deploys. */
  readonly mean: number
  /** Sum over deploys of the mean over routes. */
  readonly total: number
  /** Against the first strategy. */
  readonly ratio: number
  /** The same when files are sent as deltas against the release before. */
  readonly deltas?: { readonly mean: number; readonly total: number; readonly ratio: number }
  /** What somebody downloads who comes for the first time, document included: mean over routes and releases. */
  readonly firstLoad: { readonly bytes: number; readonly requests: number; readonly ratio: number }
}

export interface DeployResult {
  readonly commit: string
  readonly subject: string
  readonly strategies: Readonly<Record<string, DeployDownload>>
}

export interface DeployDownload {
  /** Mean over routes. */
  readonly mean: number
  readonly deltas?: number
  /** Route → bytes. */
  readonly routes: Readonly<Record<string, number>>
  readonly firstLoad: { readonly bytes: number; readonly requests: number }
}

export interface SkippedCommit {
  readonly commit: string
  readonly subject: string
  readonly reason: string
}

/** Sums deploys up, strategy by strategy. */
export function summarizeReplay(
  range: string,
  names: readonly string[],
  deploys: readonly DeployResult[],
  skipped: readonly SkippedCommit[],
): ReplayResult {
  const of = (name: string): DeployDownload[] => deploys.flatMap(({ strategies }) => strategies[name] ?? [])
  const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0)
  const mean = (list: readonly number[]): number => (list.length === 0 ? 0 : sum(list) / list.length)
  const ratio = (value: number, base: number): number => (base === 0 ? 0 : Number((value / base).toFixed(4)))
  const first = of(names[0]!)
  const strategies = names.map((name): StrategyResult => {
    const own = of(name)
    const total = sum(own.map((deploy) => deploy.mean))
    const withDeltas = own.map(({ deltas }) => deltas).filter((bytes) => bytes !== undefined)
    const base = sum(first.map((deploy) => deploy.mean))
    const load = mean(own.map(({ firstLoad }) => firstLoad.bytes))
    return {
      name,
      mean: Math.round(mean(own.map((deploy) => deploy.mean))),
      total: Math.round(total),
      ratio: ratio(total, base),
      ...(withDeltas.length > 0
        ? {
            deltas: {
              mean: Math.round(mean(withDeltas)),
              total: Math.round(sum(withDeltas)),
              ratio: ratio(sum(withDeltas), base),
            },
          }
        : {}),
      firstLoad: {
        bytes: Math.round(load),
        requests: Number(mean(own.map(({ firstLoad }) => firstLoad.requests)).toFixed(1)),
        ratio: ratio(load, mean(first.map(({ firstLoad }) => firstLoad.bytes))),
      },
    }
  })
  return { range, strategies, deploys, skipped }
}
