/** What a worker calls what it keeps: apps of one origin have folders of their own. */
export function cacheName(scope: string, kind: string): string {
  return `paceline-${kind}:${new URL(scope).pathname}`
}
