import { type RoomId, roomId } from '@maru/protocol';
import { type MouseEvent, type PointerEvent, useRef, useState } from 'react';
import type { MenuPlace } from '../ui/menu-at.tsx';
import { useLongPress } from '../ui/use-long-press.ts';

/**
 * The menu of a conversation in a list: by the right button, by the menu key where the focus is, and by a finger that
 * stays. `handlers` are for what stands around the rows.
 */
export function useListMenu() {
  const [menu, setMenu] = useState<{ readonly room: RoomId; readonly place: MenuPlace }>();
  const wasPressed = useRef(false);
  const openAt = (element: Element | null, place: MenuPlace): boolean => {
    const row = element?.closest<HTMLElement>('[data-room]');
    const { data: room } = roomId.safeParse(row?.dataset.room);
    if (room !== undefined) setMenu({ room, place: { ...place, back: row } });
    return room !== undefined;
  };
  const { onPointerDown, ...press } = useLongPress(({ x, y }) => {
    wasPressed.current = openAt(document.elementFromPoint(x, y), { x, y });
  });
  const handlers = {
    ...press,
    onPointerDown(event: PointerEvent) {
      wasPressed.current = false;
      onPointerDown(event);
    },
    /** The finger that has opened a menu does not open the conversation, too, when it goes. */
    onClickCapture(event: MouseEvent) {
      if (!wasPressed.current) return;
      wasPressed.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
    onContextMenu(event: MouseEvent<HTMLElement>) {
      const element = event.target as Element;
      const { left, bottom } = element.getBoundingClientRect();
      // The key has no place of its own.
      const isKey = event.clientX === 0 && event.clientY === 0;
      if (openAt(element, isKey ? { x: left, y: bottom } : { x: event.clientX, y: event.clientY })) {
        wasPressed.current = false;
        event.preventDefault();
      }
    },
  };
  return { menu, close: () => setMenu(undefined), handlers };
}
