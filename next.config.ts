import type { NextConfig } from 'next'

const config: NextConfig = {
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  // Types and lint are checked by `npm run check`, once, not again by every build.
  // Next adds each build folder to the file named here; the one the editor and the check use stays as it is.
  typescript: { ignoreBuildErrors: true, tsconfigPath: '.config/tsconfig.next.json' },
  serverExternalPackages: ['pg', 'pino', 'pdfkit', 'graphile-worker', 'nodemailer'],
}

export default config
