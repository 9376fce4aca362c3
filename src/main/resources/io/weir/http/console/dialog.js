import { h } from './html.js';

const dialog = document.getElementById('dialog');

// Asks for some fields and a yes; resolves with the values, or null when it was thought better of.
export function confirm(title, text, fields, yes) {
  return new Promise((done) => {
    const inputs = fields.map((field) => h('label', {}, field.label, field.options
      ? h('select', { name: field.name }, field.options.map(([value, label]) => h('option', { value }, label)))
      : h('input', { name: field.name, type: field.type || 'text', value: field.value || '', required: field.required !== false, maxlength: 512, pattern: field.pattern, title: field.hint, autocomplete: 'off' })));
    const form = h('form', { method: 'dialog' }, h('h1', { id: 'dialog-title' }, title), text && h('p', {}, text), h('div', { class: 'fields' }, inputs),
      h('div', { class: 'actions' }, h('button', { class: 'main', value: 'yes' }, yes), h('button', { value: 'no', formnovalidate: true }, 'Cancel')));
    dialog.replaceChildren(form);
    dialog.returnValue = 'no';
    dialog.addEventListener('close', () => done(dialog.returnValue === 'yes' ? Object.fromEntries(new FormData(form)) : null), { once: true });
    dialog.showModal();
  });
}
