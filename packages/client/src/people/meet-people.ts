import type { UserId } from '@maru/protocol';
import { type Environment, randomFraction } from '../environment.ts';
import type { Journal } from '../store/journal.ts';
import type { StoredState } from '../store/store.ts';
import type { Api } from '../wire/api.ts';
import { OwnProfile } from './own-profile.ts';
import { People } from './people.ts';

export interface MeetingDeps {
  readonly environment: Environment;
  readonly api: Api;
  readonly journal: Journal;
  readonly changed: () => void;
  /** These are called otherwise than before. */
  readonly renamed: (users: ReadonlySet<UserId>) => void;
}

/** Those whom the device knows, and its user as they are to be. */
export function meetPeople(
  { environment, api, journal, changed, renamed }: MeetingDeps,
  stored: Pick<StoredState, 'people' | 'profileChange' | 'accountSettings'>,
): { readonly people: People; readonly profile: OwnProfile } {
  const { clock, random } = environment;
  const common = { api, clock, journal };
  const fraction = () => randomFraction(random);
  const isChanged = (users: ReadonlySet<UserId>) => {
    renamed(users);
    changed();
  };
  const people = new People({ ...common, fraction, changed: isChanged }, stored.people);
  const profile = new OwnProfile({ ...common, people, changed }, stored);
  return { people, profile };
}
