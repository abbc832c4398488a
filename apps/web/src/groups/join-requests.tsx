import type { RoomSnapshot } from '@maru/client';
import { Check, X } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { PersonRow } from '../people/person-row.tsx';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { useLookUp } from '../state/use-person.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Section } from '../ui/section.tsx';

/** Who asks to be let in. */
export function JoinRequests({ snapshot: { room, facts } }: { readonly snapshot: RoomSnapshot }) {
  const { t } = useTexts();
  const { commands } = useClient();
  const act = useAct();
  const requests = facts.requests ?? [];
  useLookUp(requests.map(({ user }) => user));
  if (requests.length === 0) return null;
  return (
    <Section title={t('joinRequests.title')}>
      <ul>
        {requests.map(({ user }) => (
          <PersonRow key={user} person={{ user, name: undefined, handle: undefined }}>
            <IconButton
              icon={X}
              label={t('joinRequests.refuse')}
              onClick={() => void act(() => commands.answerJoin(room, user, false))}
            />
            <IconButton
              icon={Check}
              look="primary"
              label={t('joinRequests.accept')}
              onClick={() => void act(() => commands.answerJoin(room, user, true))}
            />
          </PersonRow>
        ))}
      </ul>
    </Section>
  );
}
