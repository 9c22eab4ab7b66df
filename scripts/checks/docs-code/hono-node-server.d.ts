/** The one function of it that a guide uses; the package itself is not installed here. */
declare module '@hono/node-server' {
  export function serve(options: { readonly fetch: (request: Request) => unknown; readonly port: number }): unknown
}
