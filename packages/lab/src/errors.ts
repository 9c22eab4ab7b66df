import { defineErrors } from '@paceline/kit'
import type { ErrorFactory } from '@paceline/kit'

const catalogue = {
  PACELINE_LAB_NO_BROWSER: (looked: readonly string[]): string =>
    `\`paceline measure\` needs Chromium or Chrome, and there is none; looked for ${looked.slice(0, 6).join(', ')}. Install one, or set PACELINE_CHROMIUM to an executable.`,
  PACELINE_LAB_BROWSER_FAILED: (file: string, received: string): string =>
    `\`${file}\` does not start; it says: ${received}. Set PACELINE_CHROMIUM to another executable, or PACELINE_CHROMIUM_FLAGS to what it needs here (\`--no-sandbox\` as root or in a container).`,
  PACELINE_LAB_EMULATION: (received: string): string =>
    `The browser does not slow down the network of service workers; received ${received}. Update Chromium or Paceline, or use \`--profile none\`.`,
  PACELINE_LAB_TRACE: (received: string): string =>
    `The browser does not say what the main thread of a page did; received ${received}. Run the command again with less beside it; when that does not help, update Chromium or Paceline.`,
  PACELINE_LAB_UNREACHABLE: (url: string, received: string): string =>
    `\`${url}\` cannot be opened; ${received}. Make sure that the server is up, and open the address in a browser.`,
  PACELINE_LAB_SERVER_GONE: (url: string, received: string): string =>
    `The server of \`${url}\` went away during a visit; received ${received}. See why it ended, and run the command again.`,
  PACELINE_LAB_STATUS: (url: string, status: number): string =>
    `\`${url}\` answers with an error; received HTTP ${status}. Choose the pages to visit with \`--route\`.`,
  PACELINE_LAB_CERTIFICATE: (url: string, received: string): string =>
    `\`${url}\` has a certificate that the browser refuses; received ${received}. Add \`--insecure\` when it is your own.`,
  PACELINE_LAB_ELSEWHERE: (url: string, final: string): string =>
    `\`${url}\` leads to another site; arrived at ${final}. Measure that address, or log in with \`--script\`.`,
  PACELINE_LAB_DOWNLOAD: (url: string): string =>
    `\`${url}\` is a download, not a page. Choose the pages to visit with \`--route\`.`,
  PACELINE_LAB_NOT_A_PAGE: (url: string, type: string): string =>
    `\`${url}\` is not a page; received \`${type}\`. Choose the pages to visit with \`--route\`.`,
  PACELINE_LAB_RELOADS: (url: string, documents: number, seconds: number): string =>
    `\`${url}\` loads itself anew again and again; received ${documents} documents in ${seconds} s. Open it in a browser and see what reloads it, or log in with \`--script\`.`,
  PACELINE_LAB_CRASHED: (url: string): string =>
    `\`${url}\` crashed the browser's renderer. Open it in a browser; in a container give it more shared memory (\`--disable-dev-shm-usage\` in PACELINE_CHROMIUM_FLAGS).`,
  PACELINE_LAB_BROWSER_GONE: (url: string): string =>
    `The browser ended while it had \`${url}\` open. Run the command again; on a machine short of memory with less beside it.`,
  PACELINE_LAB_STUCK: (seconds: number): string =>
    `The browser does not open a page; waited ${seconds} s. Run the command again with less beside it, or set PACELINE_CHROMIUM to another executable.`,
  PACELINE_LAB_BLANK: (url: string, seconds: number, received: string): string =>
    `\`${url}\` shows nothing; waited ${seconds} s, and ${received}. Open it in a browser and see what its console says.`,
  PACELINE_LAB_NEVER_QUIET: (url: string, seconds: number, received: string): string =>
    `\`${url}\` never comes to rest; after ${seconds} s ${received}. Stop what polls when a page is measured, or ask for a longer time with \`--timeout\`.`,
  PACELINE_LAB_SCRIPT: (file: string, received: string): string =>
    `\`${file}\` does not run; it says: ${received}. It is a module whose default export is \`async (page, lab) => …\`.`,
  PACELINE_LAB_PROFILE: (name: string, near: string): string => `\`--profile\` does not know '${name}'. ${near}`,
  PACELINE_LAB_NOT_A_SITE: (given: string): string =>
    `\`${given}\` is neither an address nor a directory with an \`index.html\`. Build the app first, or name the directory it was built to.`,
  PACELINE_LAB_SERVE: (command: string, received: string): string =>
    `\`${command}\` does not serve; ${received}. It has to print its address on the first line and stay up; \`{dist}\` stands for the directory.`,
  PACELINE_LAB_OTHER_APP: (before: string, after: string): string =>
    `The baseline seems to be another app: it has \`${before}\` and the candidate \`${after}\`, and no module of its own, and no script of the same name, is in both. Compare two builds of one app.`,
} as const

/** What can go wrong in the lab, apart from the verdict. */
export const labError: ErrorFactory<typeof catalogue> = defineErrors(catalogue)
