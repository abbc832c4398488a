import { displayName, limits } from '@maru/protocol';
import { Camera, Trash2 } from 'lucide-react';
import { type ChangeEvent, type FormEvent, useRef, useState } from 'react';
import { personName } from '../i18n/room-title.ts';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { usePerson } from '../state/use-person.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { say } from '../ui/overlay-store.ts';
import { TextField } from '../ui/text-field.tsx';
import { drawSquare, pictureBytes } from './picture.ts';
import { SettingsPage } from './settings-page.tsx';

/** What others see of the user. */
export function ProfilePage() {
  const { t } = useTexts();
  const me = usePerson(useClient().user);
  return (
    <SettingsPage title={t('settings.page.profile')}>
      <PictureChooser />
      {me !== undefined && <NameForm key={`${me.name} ${me.status}`} name={me.name} status={me.status} />}
    </SettingsPage>
  );
}

/** A picture is shown as others will see it before it is taken. */
function PictureChooser() {
  const { t } = useTexts();
  const client = useClient();
  const act = useAct();
  const me = usePerson(client.user);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isChosen, setChosen] = useState(false);
  const [busy, setBusy] = useState(false);
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? [];
    target.value = '';
    if (file === undefined || canvas.current === null) return;
    try {
      await drawSquare(file, canvas.current);
      setChosen(true);
    } catch {
      say(t('error.image-unreadable'), { failed: true });
    }
  };
  const take = async () => {
    const drawn = canvas.current;
    if (drawn === null) return;
    setBusy(true);
    if (
      await act(async () => client.setAvatar(await pictureBytes(drawn)), { said: t('profile.pictureTaken') })
    )
      setChosen(false);
    setBusy(false);
  };
  return (
    <div className="flex flex-col items-center gap-3">
      <canvas
        ref={canvas}
        aria-label={t('profile.preview')}
        role="img"
        className={`size-28 rounded-full ${isChosen ? '' : 'hidden'}`}
      />
      {!isChosen && <Avatar id={client.user} name={personName(me, t)} picture={me?.avatar} size="large" />}
      <div className="flex flex-wrap justify-center gap-2">
        {isChosen ? (
          <>
            <Button onClick={() => setChosen(false)}>{t('action.cancel')}</Button>
            <Button look="primary" disabled={busy} onClick={() => void take()}>
              {t('profile.takePicture')}
            </Button>
          </>
        ) : (
          <>
            <label className="inline-flex min-h-10 cursor-pointer items-center gap-2 rounded-control bg-field px-4 font-semibold transition-colors hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent">
              <Camera size={18} aria-hidden="true" />
              {t('profile.choosePicture')}
              <input
                type="file"
                accept="image/*"
                className="sr-only"
                onChange={(event) => void choose(event)}
              />
            </label>
            {me?.avatar !== undefined && (
              <Button look="danger" onClick={() => void act(() => client.removeAvatar())}>
                <Trash2 size={18} aria-hidden="true" />
                {t('profile.removePicture')}
              </Button>
            )}
          </>
        )}
      </div>
    </div>
  );
}

function NameForm({ name: known, status: said }: { readonly name: string; readonly status: string }) {
  const { t } = useTexts();
  const client = useClient();
  const act = useAct();
  const [name, setName] = useState(known);
  const [status, setStatus] = useState(said);
  const [error, setError] = useState<string>();
  const save = async () => {
    const { data: shown } = displayName.safeParse(name);
    if (shown === undefined) setError(t('signIn.nameBad'));
    else
      await act(() => client.updateProfile({ name: shown, status: status.trim() }), {
        said: t('profile.saved'),
      });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setError(undefined);
    void save();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <TextField label={t('signIn.name')} value={name} onValue={setName} error={error} autoComplete="name" />
      <TextField
        label={t('profile.status')}
        hint={t('profile.statusHint')}
        value={status}
        onValue={setStatus}
        maxLength={limits.STATUS_LINE_CHARS_MAX}
        autoComplete="off"
      />
      <Button type="submit" look="primary" disabled={name === known && status === said}>
        {t('action.save')}
      </Button>
    </form>
  );
}
