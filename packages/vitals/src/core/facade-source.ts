/**
 * `virtual:paceline/vitals`: what an app imports of what it does not use is left out by the bundler.
 *
 * @param dir folder of the sources for the browser, with `/`
 * @param sla source text
 */
export function facadeSource(dir: string, sla: string): string {
  const from = (file: string): string => JSON.stringify(`${dir}/facade/${file}`)
  return [
    `export { operation, grant, revoke, subscribe } from ${from('page-vitals.ts')}`,
    `import { watchSla } from ${from('watch-sla.ts')}`,
    `export const sla = /* @__PURE__ */ Object.freeze(${sla})`,
    'export const onViolation = (listener) => watchSla(sla, listener)',
    '',
  ].join('\n')
}
