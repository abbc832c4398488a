import type { RoomId } from '@maru/protocol';
import type { Effect } from '../state/effect.ts';
import { initialUi, type Ui } from '../state/ui.ts';
import { type UiEvent, update } from '../state/update.ts';
import type { World } from '../state/world.ts';

/** Somebody at the screen: keeps the state, and what was to be done. */
export class Sitting {
  ui: Ui;
  world: World;
  effects: Effect[] = [];

  constructor(world: World, room: RoomId | undefined = world.room?.room) {
    this.world = world;
    this.ui = { ...initialUi(80, 24, true), room, listOnly: false };
  }

  does(...events: readonly (UiEvent | string)[]): this {
    for (const event of events) {
      const given: UiEvent = typeof event === 'string' ? { kind: 'key', chord: event } : event;
      const { ui, effects } = update(this.ui, given, this.world);
      this.ui = ui;
      this.effects.push(...effects.filter(({ kind }) => kind !== 'typing'));
    }
    return this;
  }

  writes(text: string): this {
    return this.does({ kind: 'text', text });
  }
}
