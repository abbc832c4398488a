/** What `maru serve` says when it is there: where it is, how to send a first message, where the data lies. */
export function greeting(at: {
  readonly url: string;
  readonly administratorInvite: string | undefined;
  readonly dataFolder: string;
}): readonly [string, string, string] {
  const server = at.url === 'http://127.0.0.1:8787' ? '' : ` --server ${at.url}`;
  const signUp = `npm run -s maru -- sign-up YOU${server}`;
  const first =
    at.administratorInvite === undefined
      ? `${signUp}, a friend likewise, then: … maru -- send @FRIEND "Hello!"`
      : `${signUp} --invite ${at.administratorInvite} (once: makes you the administrator), then: … maru -- send @FRIEND "Hello!"`;
  return [
    `Maru is at ${at.url} (the API: ${at.url}/docs).`,
    `First message: ${first}`,
    `The data lies in ${at.dataFolder}.`,
  ];
}
