import type { NextConfig } from 'next'

const config: NextConfig = {
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  // Papers for clients come in through a form (lib/papers/paper.ts says how large); a little more, so that one that is too
  // heavy gets an answer.
  experimental: { serverActions: { bodySizeLimit: '4mb' } },
  // Types and lint are checked by `npm run check`, once, not again by every build.
  // Next adds each build folder to the file named here; the one the editor and the check use stays as it is.
  typescript: { ignoreBuildErrors: true, tsconfigPath: '.config/tsconfig.next.json' },
  headers: async () => [
    {
      // On other people's pages, also those that ask everything they load for leave.
      source: '/embed/v1.js',
      headers: [
        { key: 'cache-control', value: 'public, max-age=3600, stale-while-revalidate=86400' },
        { key: 'cross-origin-resource-policy', value: 'cross-origin' },
        { key: 'access-control-allow-origin', value: '*' },
        { key: 'x-content-type-options', value: 'nosniff' },
      ],
    },
    {
      // Their names change with their content.
      source: '/embed/:file(frame-[0-9a-f]+\\.(?:js|css))',
      headers: [
        { key: 'cache-control', value: 'public, max-age=31536000, immutable' },
        { key: 'x-content-type-options', value: 'nosniff' },
      ],
    },
  ],
  // A style that a page brings along in itself (app/m/[msp]/pay/pay-surface.tsx).
  turbopack: { rules: { '*.css.inline': { loaders: ['./scripts/style/inline-style.ts'], as: '*.js' } } },
  serverExternalPackages: ['pg', 'pino', 'pdfkit', 'graphile-worker', 'nodemailer'],
}

export default config
