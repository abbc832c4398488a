import { useEffect, useRef } from 'react';
import type { Route } from '../route/route.ts';

/**
 * Gives the focus a place when what had it went with the last one: the row of the conversation that one comes back from,
 * else the pane that was opened. Who moved it somewhere meanwhile keeps it there.
 */
export function useKeptFocus(route: Route) {
  const list = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const details = useRef<HTMLDivElement>(null);
  const before = useRef(route);
  useEffect(() => {
    const { current: left } = before;
    before.current = route;
    if (left === route) return;
    const place = () => {
      const { activeElement: active, body } = document;
      if (active !== body && active?.checkVisibility() === true) return;
      const row = 'room' in left ? rowOf(list.current, left.room) : null;
      const pane = route.kind === 'details' ? details : route.kind === 'room' ? content : list;
      (pane === list ? (row ?? list.current) : pane.current)?.focus({ preventScroll: true });
    };
    // What is hidden, or gone, loses the focus when the page is drawn.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(place);
    });
    return () => cancelAnimationFrame(frame);
  }, [route]);
  return { list, content, details };
}

function rowOf(list: HTMLElement | null, room: string): HTMLElement | null {
  return list?.querySelector<HTMLElement>(`[data-room="${room}"]`) ?? null;
}
