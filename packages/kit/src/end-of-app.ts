/** What is used of Vite's builder, of an environment and of a plugin. */
interface Builder {
  readonly config: { readonly inlineConfig: object }
}

interface Closing {
  readonly environment: { getTopLevelConfig?(): { readonly inlineConfig: object } }
}

interface Closer {
  readonly name?: string
  closeBundle?: { handler(this: Closing, error?: Error): unknown }
}

type Work = () => Promise<void>

/**
 * What waits for the end of an app, by what its build was started with: that is one object, where every environment may have a config and
 * instances of plugins of its own.
 */
const apps = new WeakMap<object, Work[]>()
const lists = new WeakSet<object>()
const waiting = new WeakSet<object>()

/**
 * Lets the end of a build wait for the end of its app. Frameworks build a client and then a server, and finish the client with it: they render pages, move
 * files over, and take their manifest away (React Router does all three). A build that stands alone does not wait.
 *
 * In `configResolved`; adds two plugins to the list, which mark the begin and the end of `buildApp`.
 */
export function waitForApp(plugins: readonly object[], plugin: Closer): void {
  const { closeBundle } = plugin
  if (closeBundle === undefined) return
  if (!lists.has(plugins)) {
    lists.add(plugins)
    // The type is read-only; the list is the one that `buildApp` hooks are taken from (Vite 7 and 8).
    ;(plugins as object[]).push(begin, end)
  }
  if (waiting.has(plugin)) return
  waiting.add(plugin)
  const { handler } = closeBundle
  closeBundle.handler = async function closeWithApp(error) {
    const { inlineConfig } = this.environment.getTopLevelConfig?.() ?? {}
    const later = error === undefined && inlineConfig !== undefined ? apps.get(inlineConfig) : undefined
    if (later === undefined) await handler.call(this, error)
    else later.push(async () => void (await handler.call(this)))
  }
}

/** Whether a plugin is the one after which an app has ended: nothing of ours may be listed behind it. */
export function endsApp(plugin: object): boolean {
  return plugin === end
}

const begin = {
  name: 'paceline:app-begin',
  buildApp: {
    order: 'pre',
    async handler({ config }: Builder): Promise<void> {
      apps.set(config.inlineConfig, [])
    },
  },
}

const end = {
  name: 'paceline:app-end',
  buildApp: {
    order: 'post',
    async handler({ config }: Builder): Promise<void> {
      const works = apps.get(config.inlineConfig) ?? []
      // An app that nobody builds in `buildApp` is built after it: then nothing waits.
      apps.delete(config.inlineConfig)
      for (const work of works) await work()
    },
  },
}
