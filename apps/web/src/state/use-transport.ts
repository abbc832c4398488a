import { useEffect } from 'react';
import { useClient } from './client-context.tsx';
import { usePreferences } from './preferences.ts';

/** Reaches the server the way that was chosen for this browser, in whichever tab. */
export function useTransport(): void {
  const client = useClient();
  const { transport } = usePreferences();
  useEffect(() => client.setTransport(transport), [client, transport]);
}
