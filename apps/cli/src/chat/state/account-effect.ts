import type { AccountSettings } from '@maru/protocol';

/** What concerns the account, done with the SDK. */
export type AccountEffect =
  | { readonly kind: 'settings'; readonly change?: Partial<AccountSettings> }
  /** `file`: its path; absent: the picture is taken away. */
  | { readonly kind: 'avatar'; readonly file?: string };
