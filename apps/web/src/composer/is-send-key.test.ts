import { describe, expect, test } from 'bun:test';
import { isSendKey, type KeyPress } from './is-send-key.ts';

const ENTER: KeyPress = {
  key: 'Enter',
  keyCode: 13,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  isComposing: false,
};

describe('Enter', () => {
  test.each([
    ['alone', {}, true],
    ['with Shift', { shiftKey: true }, false],
    ['with Ctrl', { ctrlKey: true }, true],
    ['that ends a composition in Chromium', { isComposing: true, keyCode: 229 }, false],
    ['that ends a composition in Safari, after compositionend', { keyCode: 229 }, false],
    ['with Ctrl within a composition', { ctrlKey: true, isComposing: true }, false],
    ['that is another key', { key: 'a', keyCode: 65 }, false],
  ] as const)('%s', (_how, press, sends) => {
    expect(isSendKey({ ...ENTER, ...press }, true)).toBe(sends);
  });

  test('alone is a new line on a phone, and sends with Ctrl', () => {
    expect(isSendKey(ENTER, false)).toBe(false);
    expect(isSendKey({ ...ENTER, ctrlKey: true }, false)).toBe(true);
  });
});
