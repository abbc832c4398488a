import type { ContactSummary, Person } from '@maru/client';
import type { UserPresence } from '@maru/protocol';
import type { ReactNode } from 'react';
import { personName } from '../i18n/room-title.ts';
import { useTexts } from '../i18n/texts.tsx';
import { usePerson } from '../state/use-person.ts';
import { Avatar } from '../ui/avatar.tsx';
import { PresenceDot } from '../ui/presence-dot.tsx';

interface PersonRowProps {
  readonly person: Pick<Person, 'user'> &
    Pick<ContactSummary, 'name' | 'handle'> &
    Partial<Pick<ContactSummary, 'avatar'>>;
  /** What a press on it does. */
  readonly onPress?: () => void;
  /** What stands at its end. */
  readonly children?: ReactNode;
  /** What stands under the name, in place of the handle. */
  readonly text?: string | undefined;
  /** Whether they are there, where that is known. */
  readonly presence?: UserPresence['state'] | undefined;
}

/** Somebody in a list of people. */
export function PersonRow({ person, onPress, children, text, presence }: PersonRowProps) {
  const { t } = useTexts();
  const { user, name, handle } = person;
  const known = usePerson(user);
  const shown = personName(known ?? { name: name ?? '', handle: handle ?? '' }, t);
  const at = known?.handle ?? handle;
  // Of contacts and requests the SDK says whose picture is not fetched unasked.
  const picture = 'avatar' in person ? person.avatar : known?.avatar;
  const face = (
    <>
      <span className="relative shrink-0">
        <Avatar id={user} name={shown} picture={picture} />
        <PresenceDot state={presence} />
      </span>
      <span className="min-w-0 grow text-start">
        <bdi className="block truncate font-medium">{shown}</bdi>
        <span className="block truncate text-small text-soft">
          {text ?? (at !== undefined && <bdi dir="ltr">@{at}</bdi>)}
        </span>
      </span>
    </>
  );
  // What stands at its end goes under them where both have no room beside each other.
  const faceLook = 'flex h-16 min-w-0 grow basis-48 items-center gap-3';
  return (
    <li className="flex flex-wrap items-center gap-x-2 px-2.5">
      {onPress === undefined ? (
        <span className={faceLook}>{face}</span>
      ) : (
        <button type="button" onClick={onPress} className={`${faceLook} rounded-control px-1 hover:bg-hover`}>
          {face}
        </button>
      )}
      <span className="ms-auto flex min-h-12 shrink-0 items-center gap-2 empty:hidden">{children}</span>
    </li>
  );
}
