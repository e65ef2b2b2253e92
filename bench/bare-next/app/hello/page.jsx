export const dynamic = 'force-dynamic'

export default function Hello() {
  return <h1>Hello</h1>
}
