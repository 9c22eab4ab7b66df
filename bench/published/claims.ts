/** What somebody else has published, in the words of the source. */
export interface Claim {
  readonly claim: string
  readonly source: string
  /** Where this bench measures the same, or why it does not. */
  readonly reproduced: string
}

/** Of those that `main.ts` does not measure itself. */
export const CLAIMS: readonly Claim[] = [
  {
    claim: 'Workbox precaches one file at a time, since 6.0',
    source: 'https://github.com/GoogleChrome/workbox/pull/2562',
    reproduced: 'Installation of the same files by both, section “Service worker”: `npm run bench -- service-worker`',
  },
  {
    claim: 'Sizes of rollup-plugin-visualizer are larger than those of the files, “by design”',
    source: 'https://github.com/btd/rollup-plugin-visualizer/issues/96',
    reproduced: 'Its figures against served bytes: `npm run bench -- stack` and `npm run bench -- analysis`',
  },
  {
    claim: 'The median Lighthouse score of 5 runs is twice as stable as 1 run',
    source: 'https://github.com/GoogleChrome/lighthouse/blob/main/docs/variability.md',
    reproduced:
      'Not the score. TTI of both in the same visits, and planted slowdowns of 5 % found by counts in one block, section “Lab”: `npm run bench -- lab`',
  },
  {
    claim: 'web-vitals is “tiny (~2K, brotli’d)”',
    source: 'https://github.com/GoogleChrome/web-vitals#readme',
    reproduced:
      'Bundled with all metrics, beside our runtime, section “Measuring in the page”: `npm run bench -- vitals`',
  },
]
