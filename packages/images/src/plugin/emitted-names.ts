import type { Rollup } from 'vite'

type Emitting = Pick<Rollup.PluginContext, 'emitFile' | 'environment'>

/** What the bundler calls the files that a build has emitted. */
export class EmittedNames {
  readonly #references = new Map<Uint8Array, string>()
  readonly #names = new Map<Uint8Array, string>()

  /** By the bytes that were emitted, once the bundle is generated. */
  get byBytes(): ReadonlyMap<Uint8Array, string> {
    return this.#names
  }

  /** A context whose emitted files are noted. */
  noting(context: Emitting): Emitting {
    return {
      environment: context.environment,
      emitFile: (file) => {
        const reference = context.emitFile(file)
        if (file.type === 'asset' && file.source instanceof Uint8Array) this.#references.set(file.source, reference)
        return reference
      },
    }
  }

  /** Asks for the names. Of what another environment has emitted, or an earlier build, there is none. */
  resolve(context: Pick<Rollup.PluginContext, 'getFileName'>): void {
    for (const [bytes, reference] of this.#references) {
      try {
        this.#names.set(bytes, context.getFileName(reference))
      } catch {
        this.#names.delete(bytes)
      }
    }
  }

  clear(): void {
    this.#references.clear()
    this.#names.clear()
  }
}
