import type { Person } from '@maru/client';
import { UsersRound } from 'lucide-react';
import { hueOf } from './hue-of.ts';

const SIZES = {
  small: 'size-8 text-small',
  header: 'size-10 text-body',
  row: 'size-12 text-title',
  large: 'size-20 text-display',
} as const;
const HUES = ['bg-hue-a', 'bg-hue-b', 'bg-hue-c', 'bg-hue-d', 'bg-hue-e', 'bg-hue-f'] as const;

interface AvatarProps {
  /** Whose colour it has: a user's or a room's id. */
  readonly id: string;
  readonly name: string;
  readonly picture?: Person['avatar'];
  readonly size?: keyof typeof SIZES;
  readonly group?: boolean;
}

/** A person's picture, or the first letter of the name; nothing that is read out, for the name stands beside it. */
export function Avatar({ id, name, picture, size = 'row', group = false }: AvatarProps) {
  if (picture !== undefined) {
    return (
      <img
        src={`/v1/avatars/${picture}`}
        alt=""
        className={`shrink-0 rounded-full object-cover ${SIZES[size]}`}
      />
    );
  }
  const [letter = ''] = new Intl.Segmenter().segment(name.trim());
  const shown = typeof letter === 'string' ? letter : letter.segment.toLocaleUpperCase();
  return (
    <span
      aria-hidden="true"
      className={`flex shrink-0 select-none items-center justify-center rounded-full font-semibold text-on-hue ${SIZES[size]} ${HUES[hueOf(id, HUES.length)]}`}
    >
      {group && shown === '' ? <UsersRound size="50%" /> : shown}
    </span>
  );
}
