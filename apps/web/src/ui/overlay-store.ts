/** A sentence that goes by itself, with a way to take back what it tells of. */
export interface Toast {
  readonly key: number;
  readonly text: string;
  readonly undo?: (() => void) | undefined;
  /** What else can be done about it. */
  readonly act?: { readonly text: string; readonly press: () => void } | undefined;
  /** Something went wrong: said at once to who hears the page. */
  readonly failed?: boolean;
}

/** What must be answered before something is done that has no way back. */
export interface Question {
  readonly title: string;
  readonly text: string;
  /** What is done then, on the button. */
  readonly action: string;
  readonly answer: (yes: boolean) => void;
}

interface Overlays {
  readonly toast: Toast | undefined;
  readonly question: Question | undefined;
}

let shown: Overlays = { toast: undefined, question: undefined };
let lastKey = 0;
const listeners = new Set<() => void>();

export function overlays(): Overlays {
  return shown;
}

export function subscribeOverlays(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says something in place of what was said before: one at a time is enough to read. */
export function say(
  text: string,
  { undo, act, failed = false }: Omit<Partial<Toast>, 'key' | 'text'> = {},
): void {
  lastKey += 1;
  show({ toast: { key: lastKey, text, undo, act, failed } });
}

export function hush(): void {
  show({ toast: undefined });
}

/** Asks the user; resolves with whether it is to be done. */
export function ask(question: Omit<Question, 'answer'>): Promise<boolean> {
  shown.question?.answer(false);
  return new Promise((resolve) => {
    const answer = (yes: boolean) => {
      show({ question: undefined });
      resolve(yes);
    };
    show({ question: { ...question, answer } });
  });
}

function show(change: Partial<Overlays>): void {
  shown = { ...shown, ...change };
  for (const listener of [...listeners]) listener();
}
