/** Asks again and again until it is so. @throws Error naming what did not come, and how things stand instead */
export async function until(
  what: string,
  isSo: () => Promise<boolean>,
  patienceMs = 240_000,
  howItStands: () => Promise<string> = async () => '',
): Promise<void> {
  const deadline = performance.now() + patienceMs
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`waited ${patienceMs} ms for ${what}. ${await howItStands()}`)
    await new Promise((done) => setTimeout(done, 60))
  }
}
