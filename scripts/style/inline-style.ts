import { buildStyle } from './build-style.ts'

type Loader = { resourcePath: string; async: () => (error: Error | null, source?: string) => void }

/** For the bundler: what a `*.css.inline` comes to, as a string that a page can bring along. */
export default function inlineStyle(this: Loader): void {
  const done = this.async()
  buildStyle(this.resourcePath).then(
    (css) => done(null, `export default ${JSON.stringify(css)}`),
    (error: Error) => done(error),
  )
}
