import type { RoomSnapshot } from '@maru/client';
import { useEffect, useRef, useState } from 'react';
import { useClient } from '../state/client-context.tsx';
import { type MentionCompletion, mentionCompletion } from './mention-completion.ts';
import { pressInOffer } from './press-in-offer.ts';
import type { Field } from './use-field.ts';

/** Code units before the cursor that are looked at. */
const LOOKED_BACK_UNITS = 64;

/** Those who could be meant, and which of them Enter takes. */
interface Offer extends MentionCompletion {
  readonly at: number;
}

/** Completes mentions where one is begun before the cursor. `onTaken`: the field says something else now. */
export function useMentions(
  { element, text }: Field,
  { members, roomKind }: RoomSnapshot,
  onTaken: () => void,
) {
  const { user } = useClient();
  const [offer, setOffer] = useState<Offer>();
  /** Looks at what stands before the cursor. */
  const look = () => {
    const { selectionStart: cursor = 0, selectionEnd } = element.current ?? {};
    if (members === undefined || roomKind === 'direct' || cursor !== selectionEnd) {
      setOffer(undefined);
      return;
    }
    const from = Math.max(0, cursor - LOOKED_BACK_UNITS);
    const found = mentionCompletion(text().slice(from, cursor), members.values(), user);
    setOffer(found && { ...found, from: found.from + from, at: 0 });
  };
  // Who writes faster than the members come gets the list when they are here.
  const latest = useRef(look);
  latest.current = look;
  // biome-ignore lint/correctness/useExhaustiveDependencies: when others are known.
  useEffect(() => {
    if (document.activeElement === element.current) latest.current();
  }, [element, members]);
  const take = (index: number) => {
    const person = offer?.people[index];
    const { current } = element;
    if (person === undefined || offer === undefined || current === null) return;
    current.setRangeText(`@${person.handle} `, offer.from, current.selectionStart, 'end');
    current.focus();
    setOffer(undefined);
    onTaken();
  };
  const close = () => setOffer(undefined);
  /** Gives whether the key was one of the list's. */
  const press = (key: string): boolean => {
    if (offer === undefined) return false;
    const move = (at: number) => setOffer({ ...offer, at });
    return pressInOffer(key, { at: offer.at, count: offer.people.length, move, take, close });
  };
  return { offer, look, take, press, close };
}
