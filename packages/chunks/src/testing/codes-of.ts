import { errorCodes } from '@paceline/kit'

/** Codes of what a call throws; none when it does not. */
export function codesOf(run: () => unknown): string[] {
  try {
    run()
    return []
  } catch (error) {
    return errorCodes(error)
  }
}
