import { findBuildGraph } from '@paceline/build-graph'
import { PacelineError } from '@paceline/kit'
import type { Plugin, Rollup } from 'vite'
import type { ChunkFault } from './chunk-fault.ts'
import { withFaultLines } from './fault-lines.ts'
import { faultError } from './fault-message.ts'
import { findLayouts } from './find-layouts.ts'
import {
  resolveVerifierOptions,
  type FaultLevel,
  type ResolvedVerifierOptions,
  type VerifierOptions,
} from './options.ts'
import { areGrouped, readBundle, STYLES } from './read-bundle.ts'
import { verifyOutput } from './verify-output.ts'

const PLUGIN_NAME = 'paceline:chunks-verifier'

/**
 * Checks the chunks of every client output, whoever made them: circles that break the page, modules that run before their
 * `import()`, changed order. All faults are raised at once.
 */
export function verifier(options?: VerifierOptions): Plugin[] {
  const levels = resolveVerifierOptions(options)
  /** By environment, for the output that is being made. */
  const grouped = new Map<string, boolean>()
  /** Stylesheets of which nothing is left: one that only exports values to scripts has no rules. */
  const empty = new Set<string>()
  const styles: Plugin = {
    name: `${PLUGIN_NAME}-styles`,
    apply: 'build',
    applyToEnvironment: (environment) => environment.config.consumer === 'client',
    transform: {
      // Compiled, and not yet a script.
      filter: { id: STYLES },
      handler(code, id) {
        if (code.trim() === '') empty.add(id)
        else empty.delete(id)
      },
    },
  }
  const verify: Plugin = {
    name: PLUGIN_NAME,
    apply: 'build',
    enforce: 'post',
    applyToEnvironment: (environment) => environment.config.consumer === 'client',
    outputOptions: {
      order: 'post',
      handler(output) {
        grouped.set(this.environment?.name ?? 'client', areGrouped(output))
        return null
      },
    },
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const output = readBundle(this, bundle, grouped.get(this.environment.name) ?? true, empty)
        const { root, plugins } = this.environment.config
        let found = verifyOutput(output)
        if (found.some((fault) => fault.kind === 'early' && fault.harmful)) {
          // Only now, since finding the routes takes longer than all the rest.
          const layouts = await findLayouts(this, root, findBuildGraph(plugins)?.options.routes ?? {})
          found = verifyOutput({ ...output, layouts })
        }
        const faults = found.filter((fault) => levelOf(fault, levels) !== 'off')
        if (faults.length === 0) return
        const placed = await withFaultLines(faults)
        const raised = placed
          .filter((fault) => levelOf(fault, levels) === 'error')
          .map((fault) => faultError(fault, root))
        const warned = placed
          .filter((fault) => levelOf(fault, levels) === 'warn')
          .map((fault) => faultError(fault, root))
        for (const { message, code } of warned) this.warn({ message, pluginCode: code } as Rollup.RollupLog)
        if (raised.length > 0) this.error(joined(raised))
      },
    },
  }
  return [styles, verify]
}

/** What is harmless is at most a warning; bytes for nothing are the business of budgets and rules. */
function levelOf(fault: ChunkFault, { circular, early, order }: ResolvedVerifierOptions): FaultLevel {
  if (fault.kind === 'order') return order
  const level = fault.kind === 'cycle' ? circular : early
  if (fault.harmful || level === 'off') return level
  return fault.kind === 'cycle' ? 'warn' : 'off'
}

/** One error for all: its code is that of the first, the others are its cause. */
function joined(errors: readonly PacelineError[]): PacelineError {
  const [first] = errors
  if (errors.length === 1) return first!
  const messages = errors.map((error) => error.message).join('\n\n')
  return new PacelineError(first!.code, messages, { cause: new AggregateError(errors) })
}
