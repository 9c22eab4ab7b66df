import { fileURLToPath } from 'node:url'

/** What runs in the browser is published as it is written: the build of an app takes what the app needs of it. */
export const CLIENT_DIR: string = fileURLToPath(new URL('../client', import.meta.url)).replaceAll('\\', '/')
