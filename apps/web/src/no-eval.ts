/**
 * The page's policy lets no text become code, which is how Zod makes its parsers where it may; it is told not to try, for
 * each try is reported. Runs before anything that makes a schema, and so before Zod, which takes the settings that it
 * finds here: imported first, it has a chunk of its own that needs no other.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
