import { countCodePoints, limits } from '@maru/protocol';
import { type RefObject, useRef, useState } from 'react';

/** From so few code points on it is said how many are left. */
const LEFT_SHOWN_MAX = 1_000;

export interface Field {
  readonly element: RefObject<HTMLTextAreaElement | null>;
  readonly isEmpty: boolean;
  /** How many code points are left, where that is of interest; below 0 there are too many. */
  readonly left: number | undefined;
  readonly text: () => string;
  readonly put: (text: string) => void;
  /** To be called after the user has written something. */
  readonly note: () => void;
}

/**
 * The field that one writes in. What is written stays in it: a text of 100,000 characters is not to be copied with each
 * key.
 */
export function useField(): Field {
  const element = useRef<HTMLTextAreaElement>(null);
  const [isEmpty, setEmpty] = useState(true);
  const [left, setLeft] = useState<number>();
  const text = () => element.current?.value ?? '';
  const note = () => {
    setEmpty(text().trim() === '');
    setLeft(leftOf(text()));
  };
  const put = (next: string) => {
    if (element.current === null) return;
    element.current.value = next;
    note();
  };
  return { element, isEmpty, left, text, put, note };
}

function leftOf(text: string): number | undefined {
  // A text has at most as many code points as code units: most need no counting.
  if (text.length < limits.MESSAGE_CHARS_MAX - LEFT_SHOWN_MAX) return undefined;
  const left = limits.MESSAGE_CHARS_MAX - countCodePoints(text);
  return left < LEFT_SHOWN_MAX ? left : undefined;
}
