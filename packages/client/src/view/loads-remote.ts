import type { Relation } from '../relation/relations.ts';

/**
 * Whether a front may fetch unasked what messages of a room name, and the picture of its person: not of somebody whom the
 * user has not accepted (`[REL4]`). In a group, and where the two are nothing to each other yet, it may.
 */
export function loadsRemote(relation: Pick<Relation, 'state' | 'seq' | 'open'> | undefined): boolean {
  switch (relation?.state) {
    case 'stranger':
    case 'blocked':
      return false;
    case 'requested-by-them':
      return relation.open === true;
    case 'none':
      return relation.seq === 0;
    default:
      return true;
  }
}
