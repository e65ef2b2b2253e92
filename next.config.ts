import type { NextConfig } from 'next'

const config: NextConfig = {
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  // Types and lint are checked by `npm run check`, once, not again by every build.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['pg', 'pino', '@react-pdf/renderer', 'graphile-worker', 'nodemailer'],
}

export default config
