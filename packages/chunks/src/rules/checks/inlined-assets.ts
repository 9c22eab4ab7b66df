import { plainId } from '@paceline/build-graph'
import { formatBytes } from '@paceline/kit'
import { bytesIn, wayTo } from '../loads.ts'
import type { Rule } from '../rule.ts'

/** Files inlined as `data:` URLs: they cannot be cached or loaded by themselves, and base64 adds a third. */
export const inlinedAssets: Rule<'inlinedAssets'> = {
  name: 'inlinedAssets',
  check({ report, texts }, { above }) {
    return texts.flatMap(({ kind, file, module, detail, raw }) => {
      if (kind !== 'data-url' || raw <= above) return []
      const subject = module ?? file
      return [
        {
          subject,
          names: [subject, file],
          message: `\`${plainId(subject)}\` holds ${detail} of ${formatBytes(raw)} inlined in \`${file}\`, limit ${formatBytes(above)}.`,
          chain: wayTo(report, ({ id }) => id === module),
          ...(module === undefined ? {} : { bytes: bytesIn(report, module, new Set([file])) }),
          fix: 'Import it with `?no-inline`, or lower `build.assetsInlineLimit`, so that it is a file of its own.',
        },
      ]
    })
  },
}
