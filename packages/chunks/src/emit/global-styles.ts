import { STYLESHEET } from '@paceline/build-graph'
import type { Environment, Plugin } from 'vite'
import { hasGlobalRules } from '../verify/global-rules.ts'

/** Stylesheets of a build that apply to whatever is there when they are loaded. */
export interface GlobalStyles {
  /** Reads them while there is CSS to read; later they are scripts. */
  readonly plugin: Plugin
  readonly isGlobal: (id: string) => boolean
}

export function globalStyles(
  name: string,
  applyToEnvironment: (environment: Pick<Environment, 'name'>) => boolean,
): GlobalStyles {
  const found = new Set<string>()
  const plugin: Plugin = {
    name,
    apply: 'build',
    applyToEnvironment,
    transform: {
      filter: { id: STYLESHEET },
      handler(code, id) {
        if (hasGlobalRules(code)) found.add(id)
        else found.delete(id)
      },
    },
  }
  return { plugin, isGlobal: (id) => found.has(id) }
}
