import type { PacelineOptions } from 'paceline'

/** What Lumen promises: the build says it to pages and to the lab, the server to the collector. */
export const sla: NonNullable<PacelineOptions['sla']> = {
  lcp: 2500,
  inp: 200,
  cls: 0.1,
  tti: 3000,
  operations: { within: 5000, compliance: 0.95 },
}
