// Part of npm run build: what other people's pages load.
import { buildWidget } from './widget/build-widget.ts'

await buildWidget()
