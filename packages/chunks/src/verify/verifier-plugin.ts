import { findBuildGraph, graphModules, STYLESHEET } from '@paceline/build-graph'
import { PacelineError } from '@paceline/kit'
import type { Plugin } from 'vite'
import { findChunks } from '../find-chunks.ts'
import { withFaultLines } from './fault-lines.ts'
import { describeFault, faultError, type DescribedFault } from './describe-fault.ts'
import { findLayouts } from './find-layouts.ts'
import { inPlan, type PlanInUse } from './followed-faults.ts'
import { hasGlobalRules } from './global-rules.ts'
import { inInputOrder } from './input-order.ts'
import { areGrouped, readBundle } from './read-bundle.ts'
import { WholeBundle } from './style-chunks.ts'
import { verifyOutput } from './verify-output.ts'

const PLUGIN_NAME = 'paceline:chunks-verifier'

/** What becomes of faults. */
export interface FaultHost {
  /** Whether a harmful fault, of which that is certain, ends the build, before anything is written. */
  ends(fault: DescribedFault): boolean
  /** Takes all faults of an output that did not end the build, harmless ones too. */
  take(environment: string, faults: readonly DescribedFault[]): void
  /** @default every client */
  readonly applyToEnvironment?: NonNullable<Plugin['applyToEnvironment']>
}

const ENDS_ALL: FaultHost = { ends: () => true, take: () => {} }

/**
 * Checks the chunks of every client output, whoever made them: circles that break the page, modules that run before their
 * `import()`, changed order. All faults that end the build are raised at once; those that are only suspected never do.
 */
export function verifier(host: FaultHost = ENDS_ALL): Plugin[] {
  const { applyToEnvironment = (environment) => environment.config.consumer === 'client' } = host
  /** By environment, for the output that is being made. */
  const grouped = new Map<string, boolean>()
  /** By environment, for the same output. */
  const before = new Map<string, WholeBundle>()
  const styles = { empty: new Set<string>(), global: new Set<string>() }
  const reader: Plugin = {
    name: `${PLUGIN_NAME}-reader`,
    apply: 'build',
    applyToEnvironment,
    generateBundle: {
      order: 'pre',
      handler(_options, bundle) {
        before.set(this.environment.name, new WholeBundle(bundle))
      },
    },
    transform: {
      // Compiled, and not yet a script.
      filter: { id: STYLESHEET },
      handler(code, id) {
        setIn(styles.empty, id, code.trim() === '')
        // In one file for all they are loaded at once in any case.
        setIn(styles.global, id, this.environment.config.build.cssCodeSplit && hasGlobalRules(code))
      },
    },
  }
  const verify: Plugin = {
    name: PLUGIN_NAME,
    apply: 'build',
    enforce: 'post',
    applyToEnvironment,
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
        const { build, root, plugins } = this.environment.config
        const graph = findBuildGraph(plugins)
        const modules = graph?.modules(this) ?? graphModules(this)
        const isGrouped = grouped.get(this.environment.name) ?? true
        const whole = before.get(this.environment.name) ?? new WholeBundle(bundle)
        before.delete(this.environment.name)
        const inOrder = inInputOrder(modules, build, root)
        const read = readBundle(this, whole.withRemoved(bundle), inOrder, isGrouped, styles)
        const output = whole.withImports(read, bundle)
        let found = verifyOutput(output)
        if (found.some((fault) => fault.kind === 'early' && fault.harmful)) {
          // Only now, since finding the routes takes longer than all the rest.
          const layouts = await findLayouts(this, modules, root, graph?.options.routes ?? {})
          found = verifyOutput({ ...output, layouts })
        }
        // Bytes for nothing are the business of budgets and rules.
        const faults = await withFaultLines(found.filter((fault) => fault.kind !== 'early' || fault.harmful))
        const names = new Map(output.chunks.map(({ file, name }) => [file, name]))
        const plan = planInUse(plugins)
        const described = faults.map((fault) => {
          const one = describeFault(fault, root, (file) => names.get(file))
          return plan ? inPlan(one, fault, plan, output.chunks) : one
        })
        const raised = described.filter((fault) => fault.harmful && fault.suspected !== true && host.ends(fault))
        if (raised.length > 0) this.error(joined(raised.map(faultError)))
        host.take(this.environment.name, described)
      },
    },
  }
  return [reader, verify]
}

function planInUse(plugins: readonly Plugin[]): PlanInUse | undefined {
  const chunks = findChunks(plugins)
  const file = chunks?.followed
  return file === undefined ? undefined : { file, groups: new Set(Object.keys(chunks?.options.groups ?? {})) }
}

function setIn(ids: Set<string>, id: string, isIn: boolean): void {
  if (isIn) ids.add(id)
  else ids.delete(id)
}

/** One error for all: its code is that of the first, the others are its cause. */
function joined(errors: readonly PacelineError[]): PacelineError {
  const [first] = errors
  if (errors.length === 1) return first!
  const messages = errors.map((error) => error.message).join('\n\n')
  return new PacelineError(first!.code, messages, { cause: new AggregateError(errors) })
}
