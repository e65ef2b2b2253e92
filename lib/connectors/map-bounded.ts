/** Runs `work` over the items, at most `most` at a time, and answers in the items' order. The first failure ends it. */
export async function mapBounded<Item, Result>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = new Array(items.length)
  const left = items.entries()
  let isBroken = false
  const hand = async () => {
    for (const [at, item] of left) {
      if (isBroken) return
      results[at] = await work(item)
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.min(most, items.length) }, hand))
  } catch (error) {
    isBroken = true
    throw error
  }
  return results
}
