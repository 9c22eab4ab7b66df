import type { Plugin } from 'vite'

/**
 * Tells when a build has ended with all that happens then, for watchers: Vite closes a bundle without waiting for it. List it last: it moves itself
 * behind those of ours that move themselves behind what is listed after them.
 */
export function closesLast(onClose: () => void): Plugin {
  const last: Plugin = {
    name: 'closes-last',
    enforce: 'post',
    configResolved: ({ plugins }) => void (plugins as Plugin[]).sort((a, b) => Number(a === last) - Number(b === last)),
    closeBundle: { order: 'post', sequential: true, handler: () => onClose() },
  }
  return last
}
