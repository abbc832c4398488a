import type { DeviceInfo } from '@maru/protocol';
import { limits } from '@maru/protocol';
import { Laptop, LogOut, Pencil, Plus } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { errorText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { useNow } from '../state/use-now.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { ask } from '../ui/overlay-store.ts';
import { ActionRow, InfoRow } from '../ui/row.tsx';
import { Section } from '../ui/section.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { TextField } from '../ui/text-field.tsx';
import { AddDeviceSheet } from './add-device-sheet.tsx';
import { SettingsPage } from './settings-page.tsx';

/** Where the account is signed in. `code`: of a device that asks to be let in. */
export function DevicesPage({ code }: { readonly code?: string }) {
  const { t } = useTexts();
  const { devices: book } = useClient();
  const act = useAct();
  const { devices, error, reload } = useDevices();
  const [isAdding, setAdding] = useState(code !== undefined);
  const [renamed, setRenamed] = useState<DeviceInfo>();
  const revoke = async ({ device, name }: DeviceInfo) => {
    const question = {
      title: t('devices.revokeTitle', { name }),
      text: t('devices.revokeText'),
      action: t('settings.signOut'),
    };
    if (
      (await ask(question)) &&
      (await act(() => book.revoke(device), { said: t('devices.revoked', { name }) }))
    )
      reload();
  };
  return (
    <SettingsPage title={t('settings.page.devices')}>
      <Section hint={t('devices.addHint')}>
        <ActionRow icon={Plus} title={t('devices.add')} onPress={() => setAdding(true)} />
      </Section>
      {error !== undefined && (
        <p role="alert" className="text-danger">
          {error}
        </p>
      )}
      <Section title={t('devices.list')}>
        {devices.map((device) => (
          <DeviceRow
            key={device.device}
            device={device}
            onRename={() => setRenamed(device)}
            onRevoke={() => void revoke(device)}
          />
        ))}
      </Section>
      {isAdding && (
        <AddDeviceSheet
          given={code}
          onClose={() => {
            setAdding(false);
            reload();
          }}
        />
      )}
      {renamed !== undefined && (
        <RenameSheet
          device={renamed}
          onClose={() => {
            setRenamed(undefined);
            reload();
          }}
        />
      )}
    </SettingsPage>
  );
}

interface DeviceRowProps {
  readonly device: DeviceInfo;
  readonly onRename: () => void;
  readonly onRevoke: () => void;
}

function DeviceRow({ device: { name, current, lastSeenAt }, onRename, onRevoke }: DeviceRowProps) {
  const { t, moments } = useTexts();
  const now = useNow();
  return (
    <InfoRow
      icon={Laptop}
      title={name}
      text={current ? t('devices.this') : t('person.lastHere', { when: moments.short(lastSeenAt, now) })}
    >
      <IconButton icon={Pencil} label={t('devices.rename', { name })} onClick={onRename} />
      {!current && <IconButton icon={LogOut} label={t('devices.revoke', { name })} onClick={onRevoke} />}
    </InfoRow>
  );
}

function RenameSheet({ device, onClose }: { readonly device: DeviceInfo; readonly onClose: () => void }) {
  const { t } = useTexts();
  const { devices } = useClient();
  const act = useAct();
  const [name, setName] = useState(device.name);
  const save = async () => {
    if (await act(() => devices.rename(device.device, name.trim()))) onClose();
  };
  return (
    <Sheet title={t('devices.rename', { name: device.name })} onClose={onClose}>
      <TextField
        label={t('devices.name')}
        value={name}
        onValue={setName}
        maxLength={limits.DEVICE_NAME_CHARS_MAX}
      />
      <Button look="primary" disabled={name.trim() === ''} onClick={() => void save()}>
        {t('action.save')}
      </Button>
    </Sheet>
  );
}

function useDevices() {
  const { t } = useTexts();
  const { devices: book } = useClient();
  const [devices, setDevices] = useState<readonly DeviceInfo[]>([]);
  const [error, setError] = useState<string>();
  const load = useCallback(async () => {
    try {
      setDevices(await book.list());
      setError(undefined);
    } catch (reason) {
      setError(errorText(reason, t));
    }
  }, [book, t]);
  useEffect(() => void load(), [load]);
  return { devices, error, reload: () => void load() };
}
