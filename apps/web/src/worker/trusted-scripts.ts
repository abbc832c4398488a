/** Scripts that a page starts by their address, all of them the app's own. */
const OWN = /^\/(?:sw\.js|assets\/[\w.-]+\.js)$/;

interface Policies {
  createPolicy(
    name: string,
    rules: { createScriptURL: (address: string) => string },
  ): {
    createScriptURL(address: string): string;
  };
}

/** The page's one policy of that name, which the server lets it have. */
const policy = (globalThis as { readonly trustedTypes?: Policies }).trustedTypes?.createPolicy('maru', {
  createScriptURL: own,
});

/**
 * An address of a script of the app as browsers with Trusted Types take it.
 *
 * @throws TypeError for one that is not the app's
 */
export function scriptAddress(address: string): string {
  // What comes of a policy is an object, which types know as the text that it stands for.
  return policy?.createScriptURL(address) ?? own(address);
}

function own(address: string): string {
  if (OWN.test(address)) return address;
  throw new TypeError('only scripts of the app may be started');
}
