/** What a person does at the terminal. Places count from 0. */
export type Input = Doing | { readonly kind: 'press'; readonly row: number; readonly column: number };

/** All but a press of the mouse, which means what stands there. */
export type Doing =
  | { readonly kind: 'text'; readonly text: string }
  /** Put in as a whole (bracketed paste): line ends in it are no Enter. */
  | { readonly kind: 'paste'; readonly text: string }
  /** A key that is no text, with what was held: `enter`, `ctrl+c`, `alt+enter`, `ctrl+shift+left`. */
  | { readonly kind: 'key'; readonly chord: string }
  | { readonly kind: 'wheel'; readonly up: boolean; readonly row: number; readonly column: number }
  | { readonly kind: 'focus'; readonly focused: boolean };

/** The chord of a key: what is held stands before it, in this order. */
export function chordOf(name: string, held: { ctrl: boolean; alt: boolean; shift: boolean }): string {
  return `${held.ctrl ? 'ctrl+' : ''}${held.alt ? 'alt+' : ''}${held.shift ? 'shift+' : ''}${name}`;
}
