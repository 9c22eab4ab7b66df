import { indexReport, plainId, type BuildReport, type ChainStep } from '@paceline/build-graph'
import { formatBytes } from '@paceline/kit'
import { bytesIn, wayTo } from '../loads.ts'
import type { Rule } from '../rule.ts'
import type { TextFact } from '../facts/rule-facts.ts'

/** Files inlined as `data:` URLs: they cannot be cached or loaded by themselves, and base64 adds a third. */
export const inlinedAssets: Rule<'inlinedAssets'> = {
  name: 'inlinedAssets',
  check({ report, texts }, { above }) {
    return texts.flatMap((fact) => {
      const { kind, file, module, detail, raw } = fact
      if (kind !== 'data-url' || raw <= above) return []
      const subject = module ?? file
      const chain = wayTo(report, ({ id }) => id === module)
      const bytes = bytesFor(report, fact, chain.at(-1))
      return [
        {
          subject,
          names: [subject, file],
          message: `\`${plainId(subject)}\` holds ${detail} of ${formatBytes(raw)} inlined in \`${file}\`, limit ${formatBytes(above)}.`,
          chain,
          ...(bytes === undefined ? {} : { bytes }),
          fix: 'Import it with `?no-inline`, or lower `build.assetsInlineLimit`, so that it is a file of its own.',
        },
      ]
    })
  },
}

/** The module's bytes. Rolldown writes short texts where they are used: then their part of what the importer has. */
function bytesFor(report: BuildReport, { file, module, raw }: TextFact, by: ChainStep | undefined): number | undefined {
  if (module === undefined) return undefined
  const own = bytesIn(report, module, new Set([file]))
  const share = indexReport(report)
    .shares.get(by?.importer ?? '')
    ?.find((one) => one.file === file)
  return own > 0 || !share ? own : Math.round(share.brotli * Math.min(1, raw / share.raw))
}
