/** The cookie that tells a page's scripts that the browser has a token, which they can't read (`[PRIV13]`). */
export const SIGNED_IN_COOKIE = 'maru_signed_in';
/** The same where one comes by https: no other host can set it. */
export const SECURE_SIGNED_IN_COOKIE = `__Host-${SIGNED_IN_COOKIE}`;
