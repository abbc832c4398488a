import { ApiError } from '@maru/client';
import { password as passwordSchema } from '@maru/protocol';
import { KeyRound, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { errorText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';
import type { Translate } from '../i18n/translator.ts';
import { RecoveryCodes } from '../sign-in/recovery-codes.tsx';
import { useClient } from '../state/client-context.tsx';
import type { Session } from '../state/session.ts';
import { Button } from '../ui/button.tsx';
import { ask, say } from '../ui/overlay-store.ts';
import { ActionRow } from '../ui/row.tsx';
import { Section } from '../ui/section.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { TextField } from '../ui/text-field.tsx';
import { SettingsPage } from './settings-page.tsx';

/** The password, what replaces it when it is lost, and the end of the account. */
export function AccountPage({ session }: { readonly session: Session }) {
  const { t } = useTexts();
  const { api } = useClient();
  const [asks, setAsks] = useState<'codes' | 'delete'>();
  const [codes, setCodes] = useState<readonly string[]>();
  const renewCodes = async (password: string) => {
    const { recoveryCodes } = await api.renewRecoveryCodes({ body: { password } });
    setAsks(undefined);
    setCodes(recoveryCodes);
  };
  const end = async (password: string) => {
    const question = {
      title: t('account.deleteTitle'),
      text: t('account.deleteText'),
      action: t('account.delete'),
    };
    if (!(await ask(question))) return;
    await session.deleteAccount(password);
  };
  return (
    <SettingsPage title={t('settings.page.account')}>
      <PasswordForm />
      <Section>
        <ActionRow
          icon={KeyRound}
          title={t('account.codes')}
          text={t('account.codesText')}
          onPress={() => setAsks('codes')}
        />
        <ActionRow icon={Trash2} danger title={t('account.delete')} onPress={() => setAsks('delete')} />
      </Section>
      {asks !== undefined && (
        <PasswordSheet
          title={t(asks === 'codes' ? 'account.codes' : 'account.delete')}
          act={asks === 'codes' ? renewCodes : end}
          onClose={() => setAsks(undefined)}
        />
      )}
      {codes !== undefined && <RecoveryCodes codes={codes} onKept={() => setCodes(undefined)} />}
    </SettingsPage>
  );
}

function PasswordForm() {
  const { t } = useTexts();
  const { api } = useClient();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [faults, setFaults] = useState<{ readonly current?: string; readonly next?: string }>({});
  const change = async () => {
    if (!passwordSchema.safeParse(next).success) {
      setFaults({ next: t('signIn.passwordShort') });
      return;
    }
    try {
      await api.changePassword({ body: { current, next } });
      setCurrent('');
      setNext('');
      setFaults({});
      say(t('account.changed'));
    } catch (reason) {
      setFaults({ [isWrong(reason) ? 'current' : 'next']: faultText(reason, t) });
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void change();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <TextField
        label={t('account.current')}
        type="password"
        value={current}
        onValue={setCurrent}
        error={faults.current}
        autoComplete="current-password"
      />
      <TextField
        label={t('account.next')}
        type="password"
        hint={t('account.nextHint')}
        value={next}
        onValue={setNext}
        error={faults.next}
        autoComplete="new-password"
      />
      <Button type="submit" look="primary" disabled={current === '' || next === ''}>
        {t('account.change')}
      </Button>
    </form>
  );
}

/** Whether the password that was given is not the account's. */
function isWrong(reason: unknown): boolean {
  return reason instanceof ApiError && reason.code === 'invalid-credentials';
}

/** Here nobody was asked for a handle. */
function faultText(reason: unknown, t: Translate): string {
  return isWrong(reason) ? t('account.wrong') : errorText(reason, t);
}

interface PasswordSheetProps {
  readonly title: string;
  readonly act: (password: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Asks for the password again: a page that somebody left open is not enough. */
function PasswordSheet({ title, act, onClose }: PasswordSheetProps) {
  const { t } = useTexts();
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    act(password).catch((reason: unknown) => setError(faultText(reason, t)));
  };
  return (
    <Sheet title={title} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={t('signIn.password')}
          type="password"
          value={password}
          onValue={setPassword}
          error={error}
          autoComplete="current-password"
          autoFocus
        />
        <Button type="submit" look="primary" disabled={password === ''}>
          {t('account.goOn')}
        </Button>
      </form>
    </Sheet>
  );
}
