import type { Message, RoomSnapshot } from '@maru/client';
import { useRef } from 'react';

/**
 * A message as it is now, while something about it is open: it may be changed or deleted meanwhile. Of one that is not
 * loaded any more, how it was last.
 *
 * @param given how it was when that was opened
 */
export function useMessage({ messages }: RoomSnapshot, given: Message): Message {
  const last = useRef(given);
  const before = last.current.key === given.key ? last.current : given;
  last.current = messages.find(({ key }) => key === given.key) ?? before;
  return last.current;
}
