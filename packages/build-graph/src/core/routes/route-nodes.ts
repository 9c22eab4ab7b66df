import { childNodes, identifier, isNode, properties, unwrap, type SyntaxNode } from './syntax.ts'

/** A route as written: an object of a route table, or a `<Route>` element. */
export interface RouteNode {
  /** Expression of the path; absent for layouts and index routes. */
  readonly path: SyntaxNode | undefined
  readonly index: boolean
  /** Expressions that say what is shown: `element`, `Component`, `component`, `lazy`. */
  readonly shows: readonly SyntaxNode[]
  readonly children: readonly RouteNode[]
  /** Children written elsewhere: `children: settingsRoutes`, `...settingsRoutes`. */
  readonly childNames: readonly string[]
}

const SHOWS = new Set(['element', 'Component', 'component', 'lazy', 'lazyComponent'])

/** The outermost routes below a node, in source order. */
export function routeNodes(node: SyntaxNode): RouteNode[] {
  const route = objectRoute(node) ?? elementRoute(node)
  return route ? [route] : childNodes(node).flatMap(routeNodes)
}

/** `{ path: '/x', lazy: …, children: […] }`: something that says where and something that says what. */
function objectRoute(node: SyntaxNode): RouteNode | undefined {
  if (node.type !== 'ObjectExpression') return undefined
  const fields = properties(node)
  const path = fields.get('path')
  const index = fields.get('index')?.['value'] === true
  const children = fields.get('children')
  const shows = [...fields].filter(([name]) => SHOWS.has(name)).map(([, value]) => value)
  const isRoute =
    (shows.length > 0 && (path !== undefined || index || children !== undefined)) || (path && children !== undefined)
  if (!isRoute) return undefined
  return {
    path,
    index,
    shows: [...shows, ...spreadCalls(node)],
    children: children ? routeNodes(children) : [],
    childNames: children ? namesInList(children) : [],
  }
}

/** `{ path: 'x', ...page(() => import('./x')) }`. */
function spreadCalls(node: SyntaxNode): SyntaxNode[] {
  return (node['properties'] as SyntaxNode[])
    .filter((property) => property.type === 'SpreadElement')
    .flatMap((property) => unwrap(property['argument']) ?? [])
}

function namesInList(node: SyntaxNode): string[] {
  const own = identifier(node)
  if (own !== undefined) return [own]
  if (node.type !== 'ArrayExpression') return []
  return (node['elements'] as unknown[]).flatMap((element) => {
    const inner = isNode(element) && element.type === 'SpreadElement' ? unwrap(element['argument']) : unwrap(element)
    return identifier(inner) ?? []
  })
}

/** `<Route path="x" element={<X />}>…</Route>`. */
function elementRoute(node: SyntaxNode): RouteNode | undefined {
  if (node.type !== 'JSXElement') return undefined
  const opening = node['openingElement'] as SyntaxNode
  if (!identifier(opening['name'])?.endsWith('Route')) return undefined
  const attributes = new Map<string, SyntaxNode | undefined>()
  for (const attribute of opening['attributes'] as SyntaxNode[]) {
    const name = identifier(attribute['name'])
    if (name !== undefined) attributes.set(name, isNode(attribute['value']) ? attribute['value'] : undefined)
  }
  const shows = [...attributes].flatMap(([name, value]) => (SHOWS.has(name) && value ? [value] : []))
  return {
    path: attributes.get('path'),
    index: attributes.has('index'),
    shows,
    children: (node['children'] as SyntaxNode[]).flatMap(routeNodes),
    childNames: [],
  }
}
