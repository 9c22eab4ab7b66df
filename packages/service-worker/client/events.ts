import type { Problem } from '../shared/messages.ts'

/** A new release that is there, or that another tab has switched to. */
export interface Update {
  /** Switches to it and reloads this tab. Other tabs go on with what they run. */
  apply(): Promise<void>
  /** Hides the default prompt, in all tabs. It is shown again for a newer release, and when a page is opened. */
  dismiss(): void
}

export interface ServiceWorkerEvents {
  /** Everything of the precache is stored: the app works offline. */
  readonly ready: { readonly release: string | undefined }
  readonly update: Update
  readonly progress: { readonly done: number; readonly total: number }
  readonly problem: Problem
  /** The number of changes that wait for a connection. */
  readonly pending: { readonly pending: number }
  /**
   * A change that was kept is not tried again: the server refused it with this status, or it got too old (0). Told to pages that listen, at least once, also
   * long after: `fetch(request)` sends it anew, with the same key.
   */
  readonly failed: { readonly request: Request; readonly status: number }
  /**
   * A file of this release could not be loaded. It is gone from the server: `waiting`: the tab is reloaded when a newer release is there;
   * `reload`: it is reloaded, once; `kept`: it is not, something typed would be lost; `lost`: a reload did not help, or the new release cannot be had. It may come yet, and trying again is left to the app: `offline`: the server did not answer, or with an
   * error; `there`: the server has it.
   */
  readonly missing: {
    readonly url: string
    readonly action: 'waiting' | 'reload' | 'kept' | 'lost' | 'offline' | 'there'
  }
}

type Listener<Detail> = (detail: Detail) => void

/** Listeners by event, typed. */
export class Listeners {
  readonly #listeners = new Map<string, Set<Listener<never>>>()

  /** @returns removes the listener */
  on<Name extends keyof ServiceWorkerEvents>(name: Name, listener: Listener<ServiceWorkerEvents[Name]>): () => void {
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners.add(listener))
    return () => void listeners.delete(listener)
  }

  has(name: keyof ServiceWorkerEvents): boolean {
    return (this.#listeners.get(name)?.size ?? 0) > 0
  }

  emit<Name extends keyof ServiceWorkerEvents>(name: Name, detail: ServiceWorkerEvents[Name]): void {
    for (const listener of this.#listeners.get(name) ?? []) (listener as Listener<typeof detail>)(detail)
  }
}
