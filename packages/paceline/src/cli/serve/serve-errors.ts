import { defineErrors, type ErrorFactory } from '@paceline/kit'

const catalogue = {
  PACELINE_SERVE_DIST: (dir: string): string =>
    `\`paceline serve\` has no directory to serve; received '${dir}', which is none. Build the app first, or name the directory its files are in.`,
  PACELINE_SERVE_OPTION: (option: string, received: string, advice: string): string =>
    `\`${option}\` cannot be used; received ${received}. ${advice}`,
  PACELINE_SERVE_TLS: (received: string): string =>
    `HTTP/2 needs a certificate; received ${received}. Name one with \`--cert FILE --key FILE\`, or add \`--self-signed\` on your own machine.`,
  PACELINE_SERVE_SELFSIGNED: (): string =>
    '`--self-signed` makes a certificate with the package `selfsigned`, which is not installed. Run `npm install -D selfsigned`, or name a certificate with `--cert FILE --key FILE`.',
}

/** What can be wrong with how a server is asked for. */
export const serveError: ErrorFactory<typeof catalogue> = defineErrors(catalogue)
