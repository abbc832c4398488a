/** What of a key press decides whether it sends. */
export interface KeyPress {
  readonly key: string;
  readonly keyCode: number;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
}

/** Of a key that an input method has taken (UI Events §7.3.1). */
const TAKEN_BY_INPUT_METHOD = 229;

/**
 * Whether an input method has taken a key, as the Enter that ends the composition of a syllable: Chromium and Firefox say
 * so by `isComposing`; Safari gives that Enter after `compositionend`, with the key code of a key that was taken.
 */
export function isTaken({ isComposing, keyCode }: Pick<KeyPress, 'isComposing' | 'keyCode'>): boolean {
  return isComposing || keyCode === TAKEN_BY_INPUT_METHOD;
}

/**
 * Whether a key sends what is written. One that an input method has taken doesn't.
 *
 * @param enterSends whether Enter alone does: not on a phone, where it is the only way to a new line
 */
export function isSendKey(press: KeyPress, enterSends: boolean): boolean {
  if (press.key !== 'Enter' || isTaken(press)) return false;
  if (press.ctrlKey || press.metaKey) return true;
  return enterSends && !press.shiftKey;
}
