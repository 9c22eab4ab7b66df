import './style.css'

const pages: Record<string, () => Promise<{ show(root: HTMLElement): void }>> = {
  '': () => import('./home.ts'),
  '#home': () => import('./home.ts'),
  '#about': () => import('./about.ts'),
}

async function show(): Promise<void> {
  const page = await (pages[location.hash] ?? pages[''])?.()
  page?.show(document.getElementById('root')!)
}

window.addEventListener('hashchange', show)
await show()
