import { h, icon } from './dom.js'

/** A message that appears while a button is held down moves the button away from under the press. */
const messageDelayMs = 250

/**
 * A labelled input with its message. It complains when it is left, not while it is typed in, and stops as soon as it is
 * right. `fault(value)` gives the code of what is wrong; `format(value)` rewrites what is typed.
 */
export class Field {
  constructor({
    name,
    label,
    words,
    fault,
    changed,
    format,
    hint,
    type = 'text',
    adornment,
    value = '',
    ...attributes
  }) {
    this.words = words
    this.faultOf = fault
    this.changed = changed
    this.format = format
    const id = `payment-${name}Input`
    this.input = h('input', {
      ...attributes,
      class: 'Input Input--empty',
      id,
      name,
      type,
      placeholder: hint,
      'aria-required': 'true',
      'aria-invalid': 'false',
      'aria-describedby': `${id}-error`,
    })
    this.label = h('label', { class: 'Label Label--empty', for: id }, label)
    this.error = h('p', { class: 'Error', id: `${id}-error`, hidden: true })
    this.root = h(
      'div',
      { class: 'Field' },
      this.label,
      h('div', { class: 'Field-box' }, this.input, adornment),
      this.error,
    )
    this.input.addEventListener('input', () => this.typed())
    this.input.addEventListener('blur', () => this.left())
    this.value = value
  }

  get value() {
    return this.input.value
  }

  set value(text) {
    this.input.value = this.format === undefined ? text : this.format(text)
    this.mark()
  }

  get isEmpty() {
    return this.value.trim() === ''
  }

  get fault() {
    return this.faultOf(this.value)
  }

  /** Shows what is wrong, if anything, and says its code. */
  check() {
    this.show(this.fault)
    return this.fault
  }

  typed() {
    if (this.format !== undefined) this.reformat(this.format)
    this.mark()
    if (!this.error.hidden) this.show(this.fault)
    this.changed()
  }

  left() {
    setTimeout(() => {
      const isBack = document.activeElement === this.input && document.hasFocus()
      if (!this.isEmpty && !isBack) this.show(this.fault)
    }, messageDelayMs)
  }

  /** Rewrites the value and keeps the caret behind the same digit. */
  reformat(format) {
    const { value, selectionStart } = this.input
    const digitsBefore = value.slice(0, selectionStart ?? 0).replace(/\D/g, '').length
    const isAtEnd = selectionStart === value.length
    const next = format(value)
    if (next === value) return
    this.input.value = next
    if (isAtEnd) return
    let caret = 0
    for (let seen = 0; seen < digitsBefore && caret < next.length; caret++) if (/\d/.test(next[caret])) seen++
    this.input.setSelectionRange(caret, caret)
  }

  show(fault) {
    const isWrong = fault !== undefined
    this.error.replaceChildren(...(isWrong ? [icon('octagon-x'), h('span', {}, this.words.faults[fault])] : []))
    this.error.hidden = !isWrong
    this.input.setAttribute('aria-invalid', String(isWrong))
    this.input.classList.toggle('Input--invalid', isWrong)
    this.label.classList.toggle('Label--invalid', isWrong)
  }

  mark() {
    this.input.classList.toggle('Input--empty', this.isEmpty)
    this.label.classList.toggle('Label--empty', this.isEmpty)
  }
}

/** A labelled list to choose from; `choices` are [value, words] pairs. */
export function selectField({ name, label, choices, value, changed, ...attributes }) {
  const id = `payment-${name}Input`
  const select = h(
    'select',
    { ...attributes, class: 'Input Input--select', id, name, onChange: changed },
    choices.map(([choice, text]) => h('option', { value: choice, selected: choice === value }, text)),
  )
  const box = h('div', { class: 'Field-box' }, select, icon('chevron-down', { className: 'Icon Field-chevron' }))
  return { root: h('div', { class: 'Field' }, h('label', { class: 'Label', for: id }, label), box), select }
}

/** A choice between a few words, drawn as one bar; arrow keys move within it. */
export function segments({ name, label, choices, value, changed }) {
  const root = h('fieldset', { class: 'Segments' }, h('legend', { class: 'Segments-label' }, label))
  const bar = h('div', { class: 'Segments-bar' })
  for (const [choice, text] of choices) {
    const radio = h('input', {
      type: 'radio',
      name,
      value: choice,
      checked: choice === value,
      onChange: () => changed(choice),
    })
    bar.append(h('label', { class: 'Segment' }, radio, h('span', {}, text)))
  }
  root.append(bar)
  return root
}
