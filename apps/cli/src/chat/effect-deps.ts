import type { MaruClient } from '@maru/client';
import type { ProfileFolder } from '../profile/profile.ts';
import type { UiEvent } from './state/update.ts';
import type { World } from './state/world.ts';

/** What carrying out an effect needs. */
export interface EffectDeps {
  readonly client: MaruClient;
  readonly folder: ProfileFolder;
  readonly world: () => World;
  readonly dispatch: (event: UiEvent) => void;
}
