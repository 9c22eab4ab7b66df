#!/usr/bin/env node
// npm only warns of `engines`; on an older Node the first import of something new would end this with a riddle.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `paceline: \`node\` is too old; received ${process.versions.node}. Install 22.19 or newer; 24 is the current LTS.\n(PACELINE_NODE_OUTDATED)\n`,
  )
  process.exit(2)
}
const { main } = await import('../dist/cli.js')

await main()
