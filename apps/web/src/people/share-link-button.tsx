import { Check, Link } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { usePerson } from '../state/use-person.ts';
import { Button } from '../ui/button.tsx';
import { useShareUrl } from './use-share-url.ts';

/** Gives the user a link to themselves. */
export function ShareLinkButton() {
  const { t } = useTexts();
  const me = usePerson(useClient().user);
  const { copied, share } = useShareUrl();
  if (me === undefined) return null;
  const Icon = copied ? Check : Link;
  return (
    <Button onClick={() => void share({ kind: 'with', handle: me.handle })}>
      <Icon size={18} aria-hidden="true" />
      {t(copied ? 'action.copied' : 'people.shareLink')}
    </Button>
  );
}
