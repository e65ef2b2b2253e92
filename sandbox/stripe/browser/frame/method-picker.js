import { h, icon } from './dom.js'

const icons = { card: 'credit-card', us_bank_account: 'landmark', saved: 'wallet' }

/** The layout option, whichever way it is written. */
export function readLayout(layout = 'tabs') {
  const { type = 'tabs', ...rest } = typeof layout === 'string' ? { type: layout } : layout
  return { type: type === 'accordion' ? 'accordion' : 'tabs', ...rest }
}

/** Tabs over one panel. A single method has no tab: there is nothing to choose. */
export function tabs({ forms, selected, words, select }) {
  const list = h('div', { class: 'TabList', role: 'tablist', 'aria-label': words.methodsLabel })
  const pick = (index) => {
    const form = forms[(index + forms.length) % forms.length]
    select(form.type)
    document.getElementById(`${form.type}-tab`)?.focus()
  }
  forms.forEach(({ type }, index) => {
    const isSelected = type === selected
    const isReachable = isSelected || (selected === undefined && index === 0)
    const moves = {
      ArrowRight: () => pick(index + 1),
      ArrowLeft: () => pick(index - 1),
      Home: () => pick(0),
      End: () => pick(forms.length - 1),
    }
    list.append(
      h(
        'button',
        {
          type: 'button',
          role: 'tab',
          id: `${type}-tab`,
          class: `Tab${isSelected ? ' Tab--selected' : ''}`,
          'aria-selected': String(isSelected),
          'aria-controls': isSelected ? `${type}-panel` : undefined,
          tabindex: isReachable ? '0' : '-1',
          onClick: () => select(type),
          onKeydown: (event) => {
            const move = moves[event.key]
            if (move === undefined) return
            event.preventDefault()
            move()
          },
        },
        icon(icons[type], { className: 'TabIcon' }),
        h('span', { class: 'TabLabel' }, words.methods[type]),
      ),
    )
  })
  const form = forms.find(({ type }) => type === selected)
  if (forms.length === 1 && form !== undefined) return [form.root]
  if (form === undefined) return [list]
  const panel = { role: 'tabpanel', id: `${form.type}-panel`, 'aria-labelledby': `${form.type}-tab`, class: 'Panel' }
  return [list, h('div', panel, form.root)]
}

/** One row per method, the chosen one open. */
export function accordion({ forms, selected, words, select, layout }) {
  const radios =
    layout.radios === true || layout.radios === 'always' || (layout.radios !== false && layout.radios !== 'never')
  const rows = forms.map((form) => {
    const isSelected = form.type === selected
    const radio = h('input', {
      type: 'radio',
      name: 'paymentMethod',
      id: `${form.type}-radio`,
      class: radios ? 'RadioIcon' : 'RadioIcon Hidden',
      checked: isSelected,
      onChange: () => {
        select(form.type)
        document.getElementById(`${form.type}-radio`)?.focus()
      },
    })
    return h(
      'div',
      { class: `AccordionItem${isSelected ? ' AccordionItem--selected' : ''}` },
      h(
        'label',
        { class: 'AccordionItem-head' },
        radio,
        icon(icons[form.type], { className: 'Icon AccordionItem-icon' }),
        h('span', { class: 'AccordionItem-label' }, words.methods[form.type]),
      ),
      isSelected ? h('div', { class: 'AccordionItem-body' }, form.root) : undefined,
    )
  })
  const spacing = layout.spacedAccordionItems === true ? 'Accordion Accordion--spaced' : 'Accordion'
  return [h('fieldset', { class: spacing }, h('legend', { class: 'Hidden' }, words.methodsLabel), rows)]
}
