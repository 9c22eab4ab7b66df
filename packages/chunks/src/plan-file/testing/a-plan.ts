import type { StoredChunk, StoredPlan } from '../stored-plan.ts'

/** A plan for tests, from the chunks that matter to them. */
export function aPlan(
  chunks: Readonly<Record<string, Partial<StoredChunk>>>,
  rest: Partial<StoredPlan> = {},
): StoredPlan {
  return {
    version: 1,
    app: 'app',
    settings: {},
    routes: {},
    ...rest,
    chunks: Object.entries(chunks).map(([name, chunk]) => ({
      name,
      kind: 'planned',
      imports: [],
      mentions: {},
      modules: [],
      ...chunk,
    })),
  }
}
