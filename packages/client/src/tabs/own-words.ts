import { firstIdOf } from '../outbox/known-command.ts';
import type { StoreChange } from '../store/store.ts';
import type { Act } from './act.ts';
import type { GivenActs } from './shared-store.ts';

/**
 * What of changes that were not stored a user did: as acts, to be carried out by another tab.
 *
 * @param carriedOut acts that some of the changes come from: they still wait in the store
 */
export function ownWords(changes: readonly StoreChange[], carriedOut: readonly GivenActs[]): Act[] {
  const waiting = new Set(
    carriedOut.flatMap(({ acts }) =>
      acts.flatMap((act) => (act.kind === 'command' ? firstIdOf(act.item) : [])),
    ),
  );
  return changes.flatMap((change, index): Act[] => {
    if (change.kind === 'own') {
      const { name, pending } = change.record;
      return pending === undefined ? [] : [{ kind: 'own', name, change: pending }];
    }
    if (change.kind === 'profile-change')
      return change.change === undefined ? [] : [{ kind: 'profile', change: change.change }];
    if (change.kind !== 'outbox') return [];
    const { item } = change;
    // What is stored in another form already: refused, or, behind its end, under another id.
    const isNew = item.failed === undefined && item.refused === undefined;
    if (!isNew || changes[index - 1]?.kind === 'outbox-done') return [];
    return waiting.has(firstIdOf(item)) ? [] : [{ kind: 'command', item }];
  });
}
