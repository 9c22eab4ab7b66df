/** What the default prompt says. */
export interface PromptTexts {
  readonly message: string
  readonly reload: string
  readonly later: string
}

interface Prompt {
  readonly texts: PromptTexts
  readonly onReload: () => void
  readonly onLater: () => void
}

const STYLE = `
:host { position: fixed; inset: auto 1rem 1rem auto; z-index: 2147483647; max-width: calc(100vw - 2rem); color-scheme: light dark }
section { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; padding: .75rem 1rem; border-radius: .5rem;
  font: 1rem/1.4 system-ui, sans-serif; color: CanvasText; background: Canvas; border: 1px solid GrayText; box-shadow: 0 2px 12px #0004 }
p { margin: 0 }
button { font: inherit; min-height: 2.25rem; padding: 0 .75rem; cursor: pointer }
`

/**
 * Shows that a new release is there. It takes no focus, and screen readers say it when they have time.
 *
 * @returns takes it away
 */
export function showUpdatePrompt({ texts, onReload, onLater }: Prompt): () => void {
  const host = document.createElement('div')
  host.dataset['paceline'] = 'update'
  const root = host.attachShadow({ mode: 'open' })
  // A sheet of its own, since a policy without 'unsafe-inline' forbids <style>.
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(STYLE)
  root.adoptedStyleSheets = [sheet]
  const section = document.createElement('section')
  section.setAttribute('role', 'status')
  root.append(section)
  document.body.append(host)
  const message = document.createElement('p')
  message.textContent = texts.message
  // A live region says what comes into it, not what it came with.
  requestAnimationFrame(() => section.append(message, button(texts.reload, onReload), button(texts.later, onLater)))
  return () => host.remove()
}

function button(text: string, onClick: () => void): HTMLButtonElement {
  const element = document.createElement('button')
  element.type = 'button'
  element.textContent = text
  element.addEventListener('click', onClick)
  return element
}
