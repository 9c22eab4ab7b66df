import type { Beginning } from './begin.ts'

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | HTMLElement

/** Controls whose text nobody misses. */
const IGNORED = 'input[type="search"], [role="searchbox"], input[type="hidden"], [data-paceline-ignore] *'

/**
 * Knows whether somebody has typed something that a reload would lose.
 *
 * What a control held when it was first used is remembered: `defaultValue` says nothing, since React keeps it equal to the value.
 */
export class FormWatch {
  readonly #before = new Map<Control, string | null | undefined>()
  readonly #touched = new Set<Control>()

  /** @param touched what was used before this was there, and what it held then; where that is not known, it counts as typed */
  constructor(root: EventTarget, touched: Beginning['touched'] = new Map()) {
    for (const [target, value] of touched) {
      if (!isControl(target)) continue
      this.#touched.add(target)
      this.#before.set(target, value)
    }
    const remember = ({ target }: Event): void => this.#remember(target)
    root.addEventListener('focusin', remember, true)
    root.addEventListener('pointerdown', remember, true)
    root.addEventListener('beforeinput', remember, true)
    const touch = ({ target }: Event): void => {
      if (isControl(target)) this.#touched.add(target)
    }
    root.addEventListener('input', touch, true)
    root.addEventListener('change', touch, true)
  }

  /** Controls that are gone take what was typed with them: a form that was sent and left is not dirty. */
  isDirty(): boolean {
    for (const control of this.#touched) {
      if (!control.isConnected) {
        this.#touched.delete(control)
        this.#before.delete(control)
      } else if (valueOf(control) !== (this.#before.has(control) ? this.#before.get(control) : '')) return true
    }
    return false
  }

  #remember(target: EventTarget | null): void {
    if (isControl(target) && !this.#before.has(target)) this.#before.set(target, valueOf(target))
  }
}

function isControl(target: EventTarget | null): target is Control {
  if (!(target instanceof HTMLElement) || target.matches(IGNORED)) return false
  return target.isContentEditable || target.matches('input, textarea, select')
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
