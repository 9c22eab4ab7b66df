import type { PluginOption, UserConfig } from 'vite'
import type { Server } from 'node:http'

/** What somebody writes who uses a stack: real files, the lines of which are counted. */
interface Setups {
  readonly peers: { peers(places: { readonly report: object }): UserConfig }
  readonly imagetools: { pictures(cache: string): PluginOption }
  readonly 'image-optimizer': { pictures(cache: string): PluginOption }
  readonly paceline: { withPaceline(places: { readonly cache: object; readonly buildGraph: object }): UserConfig }
  readonly 'serve-peers': { servePeers(dist: string, compressed: boolean): Server }
}

/** The peers are installed in bench/ only, so these files are JavaScript, loaded by name. */
export async function loadSetup<Name extends keyof Setups>(name: Name): Promise<Setups[Name]> {
  return (await import(new URL(`setups/${name}.mjs`, import.meta.url).href)) as Setups[Name]
}
