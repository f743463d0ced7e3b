import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(fileURLToPath(import.meta.url));

const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/** @type {import('next').NextConfig} */
export default {
  env: { SOAPBOX_VERSION: version },
  poweredByHeader: false,
  // server/ compresses, hashes and answers slashed addresses itself.
  compress: false,
  generateEtags: false,
  skipTrailingSlashRedirect: true,
  // Every client gets title and description in <head>: documents do not stream metadata.
  htmlLimitedBots: /.*/,
  // No Link header fits: preloads stand in the document. (React complains about 0.)
  reactMaxHeadersLength: 1,
  // `npm run check` has read the types; a start on a small machine need not read them again.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root },
  outputFileTracingRoot: root,
  serverExternalPackages: ['@react-email/render', 'pg', 'pg-boss', 'pino', '@prisma/client', '@prisma/adapter-pg'],
  images: { unoptimized: true },
  // Above the gate's limit, so that the gate is the one to refuse.
  experimental: { serverActions: { bodySizeLimit: '5mb' } },
};
