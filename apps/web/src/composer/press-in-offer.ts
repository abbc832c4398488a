/** What a list above the field does for a key. */
interface OfferKeys {
  /** Which line Enter takes, and of how many. */
  readonly at: number;
  readonly count: number;
  readonly move: (at: number) => void;
  readonly take: (at: number) => void;
  readonly close: () => void;
}

/** Gives whether the key was one of the list's. */
export function pressInOffer(key: string, { at, count, move, take, close }: OfferKeys): boolean {
  const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
  if (step !== 0) move((at + step + count) % count);
  else if (key === 'Escape') close();
  else if (key === 'Enter' || key === 'Tab') take(at);
  else return false;
  return true;
}
