import path from 'node:path';

/**
 * Where data lies unless it is said: the place that the system keeps for programs' data, so that every command finds
 * it from whichever folder it is typed in. On Linux and the like it follows the XDG Base Directory Specification.
 */
export function defaultDataFolder(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const { HOME: home, LOCALAPPDATA: local, XDG_DATA_HOME: xdg } = environment;
  if (platform === 'win32') return local === undefined ? undefined : path.win32.join(local, 'Maru');
  if (platform === 'darwin' && home !== undefined)
    return path.join(home, 'Library', 'Application Support', 'Maru');
  // The specification: a relative path there counts as none.
  if (xdg !== undefined && path.isAbsolute(xdg)) return path.join(xdg, 'maru');
  return home === undefined ? undefined : path.join(home, '.local', 'share', 'maru');
}
