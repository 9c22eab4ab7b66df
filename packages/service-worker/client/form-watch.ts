import type { Beginning } from './begin.ts'

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | HTMLElement

/** Controls whose text nobody misses. */
const IGNORED = 'input[type="search"], [role="searchbox"], input[type="hidden"], [data-paceline-ignore] *'

/**
 * Knows whether somebody has typed something that a reload would lose.
 *
 * What a control held when it was first used is remembered: `defaultValue` says nothing, since React keeps it equal to the value.
 *
 * What was typed into a control that has left the document since, as the steps of a wizard do, counts until its form is submitted, something is sent to
 * the server, or the address changes. Nobody can say what became of it, and an update that comes later is better than work that is lost.
 */
export class FormWatch {
  readonly #before = new Map<Control, string | null | undefined>()
  /** What was used, and at which address; none once it was sent. */
  readonly #touched = new Map<Control, string | undefined>()
  readonly #holds = new Set<object>()
  /** The address at which controls went away that held something. */
  #left: string | undefined

  /** @param touched what was used before this was there, and what it held then; where that is not known, it counts as typed */
  constructor(root: EventTarget, touched: Beginning['touched'] = new Map()) {
    for (const [target, value] of touched) {
      if (!isControl(target)) continue
      this.#touched.set(target, location.href)
      this.#before.set(target, value)
    }
    const listen = (name: string, listener: (target: EventTarget) => void): void =>
      // The target of what happens in a shadow root is its host.
      root.addEventListener(name, (event) => listener(event.composedPath()[0]!), true)
    for (const name of ['focusin', 'pointerdown', 'beforeinput']) listen(name, (target) => this.#remember(target))
    const touch = (target: EventTarget): void => {
      if (isControl(target)) this.#touched.set(target, location.href)
    }
    for (const name of ['input', 'change']) listen(name, touch)
    listen('submit', () => this.sent())
  }

  isDirty(): boolean {
    for (const [control, address] of this.#touched) {
      const isTyped = valueOf(control) !== (this.#before.has(control) ? this.#before.get(control) : '')
      if (!control.isConnected) {
        if (isTyped) this.#left = address
        this.#touched.delete(control)
        this.#before.delete(control)
      } else if (isTyped) return true
    }
    return this.#holds.size > 0 || this.#left === location.href
  }

  /** What was typed until now is on its way; it counts only where it still stands. */
  sent(): void {
    this.#left = undefined
    for (const control of this.#touched.keys()) this.#touched.set(control, undefined)
  }

  /** @returns gives it back */
  hold(): () => void {
    const hold = {}
    this.#holds.add(hold)
    return () => void this.#holds.delete(hold)
  }

  #remember(target: EventTarget): void {
    if (!isControl(target) || this.#before.has(target)) return
    // Also so that controls that are gone are not kept.
    this.isDirty()
    this.#before.set(target, valueOf(target))
  }
}

function isControl(target: EventTarget): target is Control {
  if (!(target instanceof HTMLElement) || isIgnored(target)) return false
  return target.isContentEditable || target.matches('input, textarea, select')
}

function isIgnored(element: Element): boolean {
  const root = element.getRootNode()
  return element.matches(IGNORED) || (root instanceof ShadowRoot && isIgnored(root.host))
}

function valueOf(control: Control): string {
  if (control instanceof HTMLInputElement) {
    const { type, checked, files, value } = control
    if (type === 'checkbox' || type === 'radio') return String(checked)
    return type === 'file' ? [...(files ?? [])].map(({ name }) => name).join('\n') : value
  }
  if (control instanceof HTMLSelectElement) {
    return [...control.selectedOptions].map(({ value }) => value).join('\n')
  }
  return control instanceof HTMLTextAreaElement ? control.value : (control.textContent ?? '')
}
