/**
 * The shape of every error Paceline raises: a stable `code` for programs, a message for people that says
 * `` `subject` what is wrong; what was received. What to do. ``
 */
export class PacelineError<Code extends string = string> extends Error {
  /** With the code, as Node's own errors print theirs: bundlers show the name of an error, and not its code. */
  override readonly name: string
  /** Stable, documented, never reworded: `PACELINE_BUDGET_EXCEEDED`. Tests and CI match on it. */
  readonly code: Code
  /** The same code under the name Rollup and Rolldown keep when they wrap an error thrown in a hook. */
  readonly pluginCode: Code

  constructor(code: Code, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = `PacelineError [${code}]`
    this.code = code
    this.pluginCode = code
  }
}

/** A catalogue of one package: code → how its message is made from its arguments. */
export type ErrorCatalogue = Record<`PACELINE_${string}`, (...details: never[]) => string>

/** Makes an error of a catalogue from its code and the arguments of its message. */
export type ErrorFactory<Catalogue extends ErrorCatalogue> = <Code extends keyof Catalogue & string>(
  code: Code,
  details: Parameters<Extract<Catalogue[Code], (...details: never[]) => string>>,
  options?: ErrorOptions,
) => PacelineError<Code>

/** Makes the typed factory of one package's errors. */
export function defineErrors<const Catalogue extends ErrorCatalogue>(catalogue: Catalogue): ErrorFactory<Catalogue> {
  return (code, details, options) => {
    const message = catalogue[code] as unknown as (...details: unknown[]) => string
    return new PacelineError(code, message(...details), options)
  }
}

/** The codes an error carries, looking through the wrappers of Vite 7 (`pluginCode`) and Vite 8 (`errors[]`). */
export function errorCodes(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return []
  const { code, pluginCode, errors, cause } = error as Record<string, unknown>
  const own = [code, pluginCode].filter((value) => typeof value === 'string')
  const nested = [...(Array.isArray(errors) ? errors : []), cause].flatMap(errorCodes)
  return [...new Set([...own, ...nested])]
}
