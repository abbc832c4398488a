import type { Message } from '@maru/client';
import { fold } from './completion.ts';
import { show } from './scroll.ts';
import { type Step, step, warn } from './step.ts';
import type { Ui } from './ui.ts';
import { textOf, type World } from './world.ts';

/** Finds a text in the messages that are loaded, and shows the newest that has it. */
export function search(ui: Ui, query: string, world: World): Step {
  const hits = hitsOf(query, world);
  const newest = hits.at(-1);
  if (newest === undefined) return warn({ ...ui, search: undefined }, world.texts.noMatch(query));
  const searching = { ...ui, search: { query, at: 1, count: hits.length }, notice: undefined };
  return step(show(searching, newest, world));
}

/** The next older one, or newer one; the newest is the first. */
export function searchOn(ui: Ui, by: -1 | 1, world: World): Step {
  if (ui.search === undefined) return step(ui);
  const { query } = ui.search;
  const hits = hitsOf(query, world);
  const current = hits.findIndex(({ key }) => key === ui.selected);
  const index = Math.min(hits.length - 1, Math.max(0, (current === -1 ? hits.length : current) + by));
  const hit = hits[index];
  if (hit === undefined) return step({ ...ui, search: undefined });
  const searching = { ...ui, search: { query, at: hits.length - index, count: hits.length } };
  return step(show(searching, hit, world));
}

/** The loaded messages that have it, the oldest first. */
export function hitsOf(query: string, { room }: World): readonly Message[] {
  const wanted = fold(query);
  return (room?.messages ?? []).filter(
    (message) =>
      message.kind === 'message' && !message.folded && fold(textOf(message) ?? '').includes(wanted),
  );
}
