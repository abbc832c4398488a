import type { SignUpPolicy } from '@maru/protocol';
import { Suspense, useEffect, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { go, useRoute } from '../route/use-route.ts';
import { api } from '../state/open-device.ts';
import type { Session } from '../state/session.ts';
import { Button } from '../ui/button.tsx';
import { ByDevice } from './lazy-by-device.ts';
import { RecoverForm } from './lazy-recover-form.ts';
import { LogInForm } from './log-in-form.tsx';
import { SignUpForm } from './sign-up-form.tsx';

interface SignInScreenProps {
  readonly session: Session;
  /** Somebody was signed in here, and was signed out elsewhere. */
  readonly ended?: boolean;
}

/** The first that anybody sees: to sign up or to log in. Links lead here, too, and on when that is done. */
export function SignInScreen({ session, ended = false }: SignInScreenProps) {
  const { t } = useTexts();
  const route = useRoute();
  const policy = useSignUpPolicy();
  const [chosen, setNew] = useState<boolean>();
  const isNew = chosen ?? !ended;
  const [way, setWay] = useState<'password' | 'device' | 'code'>('password');
  const invite = route.kind === 'invite' ? route.code : undefined;
  const signsUp = isNew && policy !== 'closed';
  const done = () => {
    if (route.kind === 'invite') go({ kind: 'rooms' }, { replace: true });
  };
  return (
    <main className="flex min-h-full flex-col items-center justify-center overflow-y-auto bg-canvas px-5 py-8">
      <div className="w-full max-w-96">
        <header className="mb-6 flex flex-col items-center gap-3 text-center">
          <img src="/icon.svg" alt="" className="size-16" />
          <h1 className="font-semibold text-display">{t('app.name')}</h1>
          <p className="text-soft">{ended ? t('error.signed-out') : introductionOf(route.kind, t)}</p>
        </header>
        <section className="rounded-panel bg-surface p-6 shadow-raised">
          {way !== 'password' ? (
            <Suspense fallback={<div aria-busy="true" className="h-80" />}>
              {way === 'device' ? (
                <ByDevice session={session} onDone={done} />
              ) : (
                <RecoverForm session={session} onDone={done} />
              )}
            </Suspense>
          ) : signsUp ? (
            <SignUpForm session={session} invite={invite} asksInvite={policy === 'invite'} onDone={done} />
          ) : (
            <LogInForm session={session} onDone={done} />
          )}
        </section>
        <p className="mt-3 text-center">
          {way === 'password' && !signsUp && (
            <Button look="plain" onClick={() => setWay('code')}>
              {t('signIn.forgot')}
            </Button>
          )}
          <Button look="plain" onClick={() => setWay(way === 'password' ? 'device' : 'password')}>
            {t(way === 'password' ? 'signIn.byDevice' : 'signIn.byPassword')}
          </Button>
        </p>
        {way !== 'password' ? null : policy === 'closed' ? (
          <p className="mt-1 text-center text-small text-soft">{t('signIn.closed')}</p>
        ) : (
          <p className="mt-1 text-center text-soft">
            {t(signsUp ? 'signIn.haveAccount' : 'signIn.noAccount')}{' '}
            <Button look="plain" onClick={() => setNew(!isNew)}>
              {t(signsUp ? 'signIn.logIn' : 'signIn.signUp')}
            </Button>
          </p>
        )}
      </div>
    </main>
  );
}

function introductionOf(kind: string, t: ReturnType<typeof useTexts>['t']): string {
  if (kind === 'join') return t('signIn.toJoin');
  if (kind === 'with' || kind === 'user') return t('signIn.toTalk');
  return t('app.introduction');
}

/** Who may sign up; `undefined` until the server has said it. */
function useSignUpPolicy(): SignUpPolicy | undefined {
  const [policy, setPolicy] = useState<SignUpPolicy>();
  useEffect(() => {
    // Without an answer it is taken to be open: the server will say it when it is asked.
    api.getServer().then(
      ({ signUp }) => setPolicy(signUp),
      () => undefined,
    );
  }, []);
  return policy;
}
