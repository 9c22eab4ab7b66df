import { SetupError } from '../lib/setup-error.mjs'
import { tell } from '../lib/tell.ts'
import type { SuiteResult } from '../results/suite-result.ts'

/** Where a tool is; without one there is a failure wherever it must not be missing. */
interface FoundTool {
  readonly path?: string
  readonly failure?: SuiteResult
}

/**
 * Looks for something that tests need and that is not in the repository. Where there is none, tests that need it fail or are skipped, and a sentence says so. On
 * CI nobody reads that sentence: there it is a failure of its own, whatever the tests do.
 *
 * @throws what `find` throws that is no `SetupError`
 */
export async function findTool(
  name: string,
  find: () => Promise<string>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<FoundTool> {
  try {
    return { path: await find() }
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    tell(error.message)
    if (!isCi(env)) return {}
    return { failure: { name, passed: 0, failed: 1, skipped: 0, problem: `missing on CI · ${error.message}` } }
  }
}

/** `CI=false` is how one says that it is none. */
function isCi({ CI: value }: NodeJS.ProcessEnv): boolean {
  return value !== undefined && !['', '0', 'false'].includes(value)
}
