import { type PointerEvent, useRef } from 'react';

const PRESS_MS = 450;
/** A finger that moves farther scrolls. */
const MOVED_PIXELS_MAX = 10;

/**
 * Handlers that notice a finger that stays where it is: what a right click is to a mouse. Safari on phones tells of it in no
 * other way.
 */
export function useLongPress(onPress: (at: { readonly x: number; readonly y: number }) => void) {
  const press = useRef<{ x: number; y: number; timer: ReturnType<typeof setTimeout> }>(undefined);
  const end = () => {
    clearTimeout(press.current?.timer);
    press.current = undefined;
  };
  return {
    onPointerDown({ pointerType, clientX: x, clientY: y }: PointerEvent) {
      end();
      if (pointerType === 'touch')
        press.current = { x, y, timer: setTimeout(() => onPress({ x, y }), PRESS_MS) };
    },
    onPointerMove({ clientX, clientY }: PointerEvent) {
      const { x = clientX, y = clientY } = press.current ?? {};
      if (Math.hypot(clientX - x, clientY - y) > MOVED_PIXELS_MAX) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}
