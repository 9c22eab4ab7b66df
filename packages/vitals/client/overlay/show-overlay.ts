import type { PageBudgets, PageSla, VitalsEvent } from '../../src/page-api.ts'
import { subscribe } from '../facade/page-vitals.ts'
import { limitsOf } from '../facade/watch-sla.ts'
import { nameNode } from '../runtime/name-node.ts'
import { emptyModel, moduleOf, rowsOf, traffic, withEvent, type Row } from './model.ts'
import { watchChanges, type RecentChanges } from './recent-changes.ts'
import { OVERLAY_STYLE } from './style.ts'
import { watchFirstLoad } from './watch-first-load.ts'

/**
 * Live figures in the corner of the page, beside what is promised, with the element and the module behind them. It draws when the page is idle,
 * lies over the page without moving anything in it, and is opened by Alt+Shift+V or its button.
 *
 * @param budgets what routes may download; `undefined` while developing, when nothing is as it will be built
 */
export function showOverlay(sla: PageSla, budgets?: PageBudgets): void {
  const host = document.createElement('paceline-vitals')
  const panel = createPanel(host)
  const changes = watchChanges(host)
  const firstLoad = watchFirstLoad(budgets)
  let model = emptyModel
  let isDrawing = false
  const draw = (): void => {
    isDrawing = false
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    const rows = rowsOf(model, limitsOf(sla, location.pathname))
    panel.draw([...rows, ...firstLoad(entries)], traffic(entries))
  }
  const drawLater = (): void => {
    if (isDrawing) return
    isDrawing = true
    // A page in which nothing happens may have no idle moment for a long time.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(draw, { timeout: 500 })
    else setTimeout(draw, 100)
  }
  subscribe((event) => {
    model = withEvent(model, event, limitsOf(sla, location.pathname), detailOf(event, changes))
    // Not before the page has painted something: it would be the first paint itself.
    if (!host.isConnected && (model.metrics.has('fcp') || document.readyState === 'complete'))
      document.body.append(host)
    drawLater()
  })
}

function detailOf(event: VitalsEvent, changes: RecentChanges): string {
  if (event.type === 'operation') return ''
  const { name, target, source, value } = event
  const parts = [target, moduleOf(source, location.origin)]
  if (name === 'cls' && value > 0) {
    const culprit = changes.culprit(performance.now())
    if (culprit) parts.push(`after a change of ${nameNode(culprit)}`)
  }
  return parts.filter(Boolean).join(' · ')
}

interface Panel {
  draw(rows: readonly Row[], traffic: string): void
}

function createPanel(host: HTMLElement): Panel {
  const shadow = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(OVERLAY_STYLE)
  shadow.adoptedStyleSheets = [sheet]
  const button = create('button', 'vitals')
  const section = create('section')
  section.hidden = true
  section.tabIndex = -1
  section.setAttribute('aria-label', 'Vitals of this page')
  button.setAttribute('aria-expanded', 'false')
  shadow.append(section, button)
  const toggle = (isOpen = section.hidden): void => {
    section.hidden = !isOpen
    button.setAttribute('aria-expanded', String(isOpen))
    if (isOpen) section.focus()
    else button.focus()
  }
  button.addEventListener('click', () => toggle())
  shadow.addEventListener(
    'keydown',
    (event) => (event as KeyboardEvent).key === 'Escape' && !section.hidden && toggle(false),
  )
  addEventListener('keydown', ({ altKey, shiftKey, code }) => {
    if (altKey && shiftKey && code === 'KeyV') toggle()
  })
  return {
    draw(rows, traffic) {
      const broken = rows.filter(({ isBroken }) => isBroken)
      button.textContent = broken.length === 0 ? 'vitals' : `vitals ${broken.length}!`
      button.title = broken.map(({ name }) => name).join(', ')
      button.classList.toggle('broken', broken.length > 0)
      // New elements every time: one that moves would be a layout shift of the page.
      const table = create('table')
      table.append(...rows.map(tableRow))
      section.replaceChildren(table, create('p', traffic))
    },
  }
}

function tableRow({ name, value, limit, detail, isBroken }: Row): HTMLElement {
  const row = create('tr')
  row.classList.toggle('broken', isBroken)
  const head = create('th', name)
  head.scope = 'row'
  row.append(head, create('td', value), create('td', limit), create('td', detail))
  return row
}

/** Text, never markup: what a page calls its elements is not ours. */
function create<Name extends keyof HTMLElementTagNameMap>(name: Name, text = ''): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name)
  element.textContent = text
  return element
}
