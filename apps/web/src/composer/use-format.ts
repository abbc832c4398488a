import { useState } from 'react';
import type { Field } from './use-field.ts';
import { type Format, wrapped } from './wrapped.ts';

/** Whether something of the field is chosen, and what makes it look otherwise. */
export function useFormat({ element, text }: Field, onDone: () => void) {
  const [isChosen, setChosen] = useState(false);
  const look = () => {
    const { selectionStart = 0, selectionEnd = 0 } = element.current ?? {};
    setChosen(selectionStart !== selectionEnd && document.activeElement === element.current);
  };
  const format = (kind: Format) => {
    const field = element.current;
    if (field === null) return;
    const done = wrapped(text(), [field.selectionStart, field.selectionEnd], kind);
    field.focus();
    field.setSelectionRange(done.from, done.to);
    replaceChosen(field, done.text);
    field.setSelectionRange(done.chosenFrom, done.chosenTo);
    onDone();
  };
  return { isChosen, look, format, hide: () => setChosen(false) };
}

/** The one way by which Ctrl Z takes it back; where a browser has it no more, the text is changed without. */
function replaceChosen(field: HTMLTextAreaElement, text: string): void {
  if (document.execCommand(text === '' ? 'delete' : 'insertText', false, text)) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
}

/** Puts something where the cursor is. */
export function insertAtCursor(field: HTMLTextAreaElement, text: string): void {
  field.focus();
  replaceChosen(field, text);
}
