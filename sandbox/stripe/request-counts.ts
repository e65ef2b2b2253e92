/** How often each endpoint was asked, and how it answered. */
export class RequestCounts {
  private total = 0
  private readonly byEndpoint = new Map<string, number>()
  private readonly byStatus = new Map<number, number>()

  add(method: string, path: string, status: number): void {
    this.total += 1
    const steps = path
      .split('/')
      .map((step, place) => (place === 3 || place === 5 ? (isId(step) ? ':id' : step) : step))
    const name = `${method} ${steps.join('/')}`
    this.byEndpoint.set(name, (this.byEndpoint.get(name) ?? 0) + 1)
    this.byStatus.set(status, (this.byStatus.get(status) ?? 0) + 1)
  }

  summary(): object {
    return {
      total: this.total,
      byEndpoint: Object.fromEntries([...this.byEndpoint].sort(([a], [b]) => a.localeCompare(b))),
      byStatus: Object.fromEntries(this.byStatus),
    }
  }
}

function isId(step: string): boolean {
  return /_[A-Za-z0-9]{8,}/.test(step) || /\d/.test(step)
}
