import { type AskingDevice, readDeviceLink } from '@maru/protocol';
import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { errorText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { TextField } from '../ui/text-field.tsx';

interface AddDeviceSheetProps {
  readonly given: string | undefined;
  readonly onClose: () => void;
}

type Step =
  | { readonly kind: 'code' }
  | { readonly kind: 'asked'; readonly code: string; readonly device: AskingDevice }
  | { readonly kind: 'digits'; readonly check: string };

/** Lets another device in: its code, a look at what it is, and the digits that are typed there. */
export function AddDeviceSheet({ given, onClose }: AddDeviceSheetProps) {
  const { t } = useTexts();
  const { devices } = useClient();
  const [written, setWritten] = useState(given ?? '');
  const [error, setError] = useState<string>();
  const [step, setStep] = useState<Step>({ kind: 'code' });
  const trying = useCallback(
    async (act: () => Promise<void>) => {
      setError(undefined);
      try {
        await act();
      } catch (reason) {
        setError(errorText(reason, t));
      }
    },
    [t],
  );
  const look = useCallback(
    (text: string) =>
      trying(async () => {
        const code = readDeviceLink(text)?.code ?? text.trim();
        setStep({ kind: 'asked', code, device: await devices.look(code) });
      }),
    [devices, trying],
  );
  useEffect(() => {
    if (given !== undefined) void look(given);
  }, [given, look]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void look(written);
  };
  return (
    <Sheet title={t('devices.add')} onClose={onClose}>
      {step.kind === 'code' && (
        <form onSubmit={submit} className="flex flex-col gap-4">
          <p className="text-soft">{t('devices.codeText')}</p>
          <TextField
            label={t('devices.code')}
            value={written}
            onValue={setWritten}
            error={error}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
          />
          <Button type="submit" look="primary" disabled={written.trim() === ''}>
            {t('devices.look')}
          </Button>
        </form>
      )}
      {step.kind === 'asked' && (
        <>
          <Asking device={step.device} />
          {error !== undefined && (
            <p role="alert" className="text-danger">
              {error}
            </p>
          )}
          <Button
            look="primary"
            onClick={() =>
              void trying(async () =>
                setStep({ kind: 'digits', check: (await devices.confirm(step.code)).check }),
              )
            }
          >
            {t('devices.confirm')}
          </Button>
          <Button
            look="danger"
            onClick={() =>
              void trying(async () => {
                await devices.refuse(step.code);
                onClose();
              })
            }
          >
            {t('devices.refuse')}
          </Button>
        </>
      )}
      {step.kind === 'digits' && (
        <>
          <p className="text-soft">{t('devices.digitsText')}</p>
          <p className="py-2 text-center font-mono font-semibold text-display tracking-widest">
            {step.check}
          </p>
          <Button look="primary" onClick={onClose}>
            {t('action.close')}
          </Button>
        </>
      )}
    </Sheet>
  );
}

/** What asks, as far as it is known; and what to beware of. */
function Asking({ device: { name, address, sameNetwork } }: { readonly device: AskingDevice }) {
  const { t } = useTexts();
  return (
    <>
      <div className="rounded-panel bg-field px-4 py-3">
        <p className="font-semibold">
          <bdi>{name}</bdi>
        </p>
        <p className="text-small text-soft">
          {t(sameNetwork ? 'devices.sameNetwork' : 'devices.otherNetwork', { address })}
        </p>
      </div>
      <p className="rounded-control bg-notice px-3 py-2 text-on-notice text-small">{t('devices.beware')}</p>
    </>
  );
}
