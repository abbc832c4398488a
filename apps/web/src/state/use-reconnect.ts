import { useEffect } from 'react';
import { useClient } from './client-context.tsx';

/**
 * Tries at once when the device says that it has a network again, and when somebody comes back to the page; looks whether
 * the server is there when the device says that it has none: else that shows by the server's silence, much later.
 */
export function useReconnect(): void {
  const client = useClient();
  useEffect(() => {
    const connect = () => {
      if (document.visibilityState === 'visible' && client.connection.state === 'waiting') client.connect();
    };
    const check = () => client.checkConnection();
    window.addEventListener('online', connect);
    window.addEventListener('offline', check);
    document.addEventListener('visibilitychange', connect);
    return () => {
      window.removeEventListener('online', connect);
      window.removeEventListener('offline', check);
      document.removeEventListener('visibilitychange', connect);
    };
  }, [client]);
}
