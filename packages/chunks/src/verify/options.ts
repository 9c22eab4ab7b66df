/** What the verifier does about the faults of an output. */
export type FaultLevel = 'off' | 'warn' | 'error'

/** Each at most: what is harmless is never more than a warning. */
export interface VerifierOptions {
  /** Chunks that import each other in a circle. @default 'error' */
  readonly circular?: FaultLevel | undefined
  /** Modules that run before their `import()`, or without anybody importing them. @default 'error' */
  readonly early?: FaultLevel | undefined
  /** Modules and stylesheets that come in another order than in the source. @default 'error' */
  readonly order?: FaultLevel | undefined
}

export interface ResolvedVerifierOptions {
  readonly circular: FaultLevel
  readonly early: FaultLevel
  readonly order: FaultLevel
}

export function resolveVerifierOptions({ circular, early, order }: VerifierOptions = {}): ResolvedVerifierOptions {
  return { circular: circular ?? 'error', early: early ?? 'error', order: order ?? 'error' }
}
