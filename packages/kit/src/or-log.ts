/** What is used of an environment of Vite. */
interface Logging {
  readonly logger: { error(message: string): void }
}

/**
 * Passes on what work at the end of a build gives. In watch mode nobody awaits `closeBundle`, and an error would end the process: there it is
 * logged, and `undefined` given.
 */
export async function orLog<Result>(
  work: Promise<Result>,
  { logger }: Logging,
  watchMode: boolean,
): Promise<Result | undefined> {
  if (!watchMode) return work
  return work.catch((error: unknown) => {
    logger.error(error instanceof Error ? error.message : String(error))
    return undefined
  })
}
