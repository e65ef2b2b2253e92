/** A person by their initials. The name is beside it, or in its title. */
export function Avatar({ name, title }: { name: string; title?: string }) {
  const [first = '', ...rest] = name.split(/\s+/).filter((word) => word !== '')
  const initials = (first.slice(0, 1) + (rest.at(-1) ?? '').slice(0, 1)).toUpperCase()
  return (
    <span
      title={title}
      className="inline-grid size-5.5 flex-none place-items-center rounded-full bg-hairline font-semibold text-[10px] text-text-2 tracking-[.01em]"
    >
      <span aria-hidden>{initials}</span>
      {title !== undefined && <span className="sr-only">{title}</span>}
    </span>
  )
}
