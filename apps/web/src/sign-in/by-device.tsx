import { type Account, Entrance, type WaitingDevice } from '@maru/client';
import { limits } from '@maru/protocol';
import { type FormEvent, useEffect, useState } from 'react';
import { errorText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';
import { deviceNameOf } from '../state/device-name.ts';
import type { Session } from '../state/session.ts';
import { Button } from '../ui/button.tsx';
import { QrCode } from '../ui/qr-code.tsx';
import { TextField } from '../ui/text-field.tsx';

interface ByDeviceProps {
  readonly session: Session;
  readonly onDone: () => void;
}

/** Signs in without a password: a device that is signed in lets this one in, and shows the digits to type here. */
export function ByDevice(props: ByDeviceProps) {
  // A code is good for some minutes: each is a round of its own.
  const [round, setRound] = useState(0);
  return <Round key={round} {...props} onAnew={() => setRound(round + 1)} />;
}

function Round({ session, onDone, onAnew }: ByDeviceProps & { readonly onAnew: () => void }) {
  const { t } = useTexts();
  const { waiting, account, error } = useWaiting();
  if (error !== undefined) {
    return (
      <div className="flex flex-col gap-4">
        <p role="alert" className="text-danger">
          {error}
        </p>
        <Button look="primary" onClick={onAnew}>
          {t('byDevice.anew')}
        </Button>
      </div>
    );
  }
  if (waiting === undefined) return <div aria-busy="true" className="h-80" />;
  if (account !== undefined) {
    return <Digits waiting={waiting} account={account} session={session} onDone={onDone} />;
  }
  return (
    <div className="flex flex-col gap-4 text-center">
      <p className="text-soft">{t('byDevice.text')}</p>
      <QrCode text={waiting.link} label={t('byDevice.qr')} />
      <p className="select-all font-mono font-semibold text-display tracking-widest">{waiting.code}</p>
      <p role="status" className="text-faint text-small">
        {t('byDevice.waiting')}
      </p>
    </div>
  );
}

interface DigitsProps extends ByDeviceProps {
  readonly waiting: WaitingDevice;
  readonly account: Account;
}

function Digits({ waiting, account: { name, handle }, session, onDone }: DigitsProps) {
  const { t } = useTexts();
  const [check, setCheck] = useState('');
  const [error, setError] = useState<string>();
  const enter = async () => {
    try {
      await session.enter(() => waiting.claim(check));
      onDone();
    } catch (reason) {
      setError(errorText(reason, t));
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void enter();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <p>{t('byDevice.account', { name, handle })}</p>
      <TextField
        label={t('byDevice.digits')}
        hint={t('byDevice.digitsHint')}
        value={check}
        onValue={(value) => setCheck(value.replace(/\D/g, ''))}
        error={error}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={limits.DEVICE_CHECK_DIGITS}
        autoFocus
      />
      <Button type="submit" look="primary" wide disabled={check.length < limits.DEVICE_CHECK_DIGITS}>
        {t('signIn.logIn')}
      </Button>
    </form>
  );
}

/** Asks to be let in, and waits until that has happened. */
function useWaiting() {
  const { t } = useTexts();
  const [state, setState] = useState<{
    readonly waiting?: WaitingDevice;
    readonly account?: Account;
    readonly error?: string;
  }>({});
  useEffect(() => {
    const abort = new AbortController();
    const entrance = new Entrance({
      baseUrl: location.origin,
      deviceName: deviceNameOf(navigator.userAgent),
      credential: 'cookie',
    });
    const wait = async () => {
      const waiting = await entrance.requestDevice();
      if (abort.signal.aborted) return;
      setState({ waiting });
      setState({ waiting, account: await waiting.confirmed(abort.signal) });
    };
    wait().catch((reason: unknown) => {
      if (!abort.signal.aborted) setState({ error: errorText(reason, t) });
    });
    return () => abort.abort();
  }, [t]);
  return state;
}
