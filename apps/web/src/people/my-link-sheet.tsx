import type { PersonalCode } from '@maru/protocol';
import { RefreshCw, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { errorText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';
import { urlOf } from '../route/url-of.ts';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { ask } from '../ui/overlay-store.ts';
import { ActionRow } from '../ui/row.tsx';
import { Section } from '../ui/section.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { LinkCard } from './link-card.tsx';

interface Link {
  readonly code: PersonalCode;
  readonly url?: string | undefined;
}

/** The link by which others find the user, whether their handle can be found or not. */
export function MyLinkSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts();
  const { myLink } = useClient();
  const act = useAct();
  const [link, setLink] = useState<Link>();
  const [error, setError] = useState<string>();
  useEffect(() => {
    let isOver = false;
    myLink.make().then(
      (made) => !isOver && setLink(made),
      (reason: unknown) => !isOver && setError(errorText(reason, t)),
    );
    return () => {
      isOver = true;
    };
  }, [myLink, t]);
  const renew = async () => {
    const question = {
      title: t('myLink.renewTitle'),
      text: t('myLink.renewText'),
      action: t('myLink.renew'),
    };
    if (await ask(question))
      await act(async () => setLink(await myLink.renew()), { said: t('myLink.renewed') });
  };
  const revoke = async () => {
    if (await act(() => myLink.revoke(), { said: t('myLink.revoked') })) onClose();
  };
  return (
    <Sheet title={t('people.myLink')} onClose={onClose}>
      <p className="text-soft">{t('myLink.text')}</p>
      {error !== undefined && (
        <p role="alert" className="text-danger">
          {error}
        </p>
      )}
      {link === undefined ? (
        <div aria-busy={error === undefined} className="h-60" />
      ) : (
        <>
          <LinkCard url={link.url ?? urlOf({ kind: 'user', code: link.code })} label={t('myLink.qr')} />
          <Section>
            <ActionRow icon={RefreshCw} title={t('myLink.renew')} onPress={() => void renew()} />
            <ActionRow icon={Trash2} danger title={t('myLink.revoke')} onPress={() => void revoke()} />
          </Section>
        </>
      )}
    </Sheet>
  );
}
