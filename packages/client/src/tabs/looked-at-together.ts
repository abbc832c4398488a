import type { RoomId } from '@maru/protocol';
import { limits } from '@maru/protocol';
import type { Together } from '../wire/session.ts';

interface Said {
  readonly looking: readonly RoomId[];
  readonly presence: 'active' | 'away';
}

const NOTHING_SAID: Said = { looking: [], presence: 'active' };

/** Which rooms are on the screen in any tab, and whether somebody is at one of them. Of the tab that leads. */
export class LookedAtTogether implements Together {
  /** The tab that leads. */
  #own: Said = NOTHING_SAID;
  /** The others; who said something last is the last. */
  readonly #others = new Map<string, Said>();

  /** What the tab that leads said itself. */
  get own(): Said {
    return this.#own;
  }

  /** Beyond the limit, without those of whom nothing was heard for longest. */
  looking(looking: readonly RoomId[]): readonly RoomId[] {
    this.#own = { ...this.#own, looking };
    const others = [...this.#others.values()].reverse().flatMap((other) => other.looking);
    return [...new Set([...looking, ...others])].slice(0, limits.LOOK_ROOMS_MAX);
  }

  presence(presence: Said['presence']): Said['presence'] {
    this.#own = { ...this.#own, presence };
    const all = [this.#own, ...this.#others.values()];
    return all.some((said) => said.presence === 'active') ? 'active' : 'away';
  }

  looks(tab: string, looking: readonly RoomId[]): void {
    this.#says(tab, { looking });
  }

  is(tab: string, presence: Said['presence']): void {
    this.#says(tab, { presence });
  }

  left(tab: string): void {
    this.#others.delete(tab);
  }

  #says(tab: string, more: Partial<Said>): void {
    const said = { ...NOTHING_SAID, ...this.#others.get(tab), ...more };
    this.#others.delete(tab);
    this.#others.set(tab, said);
  }
}
