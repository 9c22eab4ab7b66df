import { defineErrors, type ErrorFactory } from '@paceline/kit'

const catalogue = {
  PACELINE_DELIVERY_MANIFEST: (file: string, problem: string): string =>
    `\`${file}\` is not a delivery manifest; received ${problem}. Run \`vite build\` with Paceline again.`,
  PACELINE_DELIVERY_GLOB: (globs: readonly string[]): string =>
    `\`delivery.policy\` has globs that no file of the build matches: ${globs.map((glob) => `'${glob}'`).join(', ')}. Paths are relative to the output directory; correct the globs or take them out.`,
  PACELINE_DELIVERY_HEADER: (subject: string, received: string): string =>
    `\`${subject}\` is not a header that can be set here; received ${received}. Use a name and a value of visible ASCII characters in one line.`,
  PACELINE_HASH_COLLISION: (release: string, collisions: readonly { file: string; release: string }[]): string => {
    const shown = collisions
      .slice(0, 10)
      .map((one) => `  ${one.file}, as release ${one.release} has it with other bytes`)
    const more = collisions.length > 10 ? [`  and ${collisions.length - 10} more`] : []
    return `\`delivery\` found hashed names that stand for two contents; received in release ${release}:\n${[...shown, ...more].join('\n')}\nBrowsers keep these files for a year without asking, so visitors of the earlier release would never get the new bytes. A plugin changes files after they were named: make it do so in \`renderChunk\` or before, or let names change by \`output.hashCharacters\` or a prefix. If the earlier release was never deployed: \`paceline release prune ${collisions[0]?.release ?? ''}\`.`
  },
  PACELINE_DELIVERY_BROKEN: (problems: readonly string[]): string =>
    `\`delivery\` ends with files that are not what they were made as:\n${problems.map((problem) => `  ${problem}`).join('\n')}\nWhat writes files must do so in \`writeBundle\` or \`closeBundle\`, and wait for it there.`,
  PACELINE_RELEASE_UNKNOWN: (release: string, known: readonly string[]): string =>
    `\`${release}\` is no release of the archive. ${known.length > 0 ? `There are: ${known.join(', ')}.` : 'It is empty: build once with Paceline.'}`,
  PACELINE_RELEASE_INCOMPLETE: (release: string, problem: string): string =>
    `\`${release}\` cannot be brought back; ${problem}. Check out its commit and build it again.`,
  PACELINE_SERVE_PORT: (host: string, port: number, received: string): string =>
    `Port ${port} of \`${host}\` cannot be listened on; received ${received}. ${received === 'EADDRINUSE' ? 'Another program has it: stop that, or name another port with `--port`; 0 takes any that is free.' : 'Name another one with `--port`, or another address with `--host`.'}`,
  PACELINE_DELIVERY_SPECULATION: (page: string, patterns: readonly string[]): string =>
    `\`delivery.speculation.next\` names '${page}', which is no page of this build. Known: ${patterns.slice(0, 12).join(', ')}${patterns.length > 12 ? `, and ${patterns.length - 12} more` : ''}.`,
  PACELINE_DELIVERY_ORIGINALS: (): string =>
    '`compress.deleteOriginalAssets` removes the files that `delivery` serves; received true. Clients that take no encoding, deltas and rollbacks need them: leave it out, and let the server choose the sibling (`paceline serve` and all targets do), or turn delivery off with `delivery: false`.',
  PACELINE_DELIVERY_ORIGIN: (received: string): string =>
    `\`delivery.purge.origin\` is not the address of a site; received ${JSON.stringify(received)}. Write it with its scheme: 'https://example.com'.`,
  PACELINE_DELIVERY_LIMIT: (file: string, rules: number, most: number): string =>
    `\`${file}\` needs ${rules} rules; the hosts that read it take ${most}. Move files that share their headers into one directory of public/, or take globs out of \`delivery.policy\`; on Cloudflare use the Worker, on others a server.`,
  PACELINE_DELIVERY_CONFLICT: (file: string, path: string, name: string): string =>
    `\`public/${file}\` sets '${name}' for ${path}, and so does the policy; hosts would send both. Take it out of the file, or set it in \`delivery.policy\`.`,
}

/** What can go wrong while a build is made ready for delivery, and while it is delivered. */
export const deliveryError: ErrorFactory<typeof catalogue> = defineErrors(catalogue)
