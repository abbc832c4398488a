import { dlopen, FFIType, ptr } from 'bun:ffi';

/** The same number on Linux and macOS. */
const RLIMIT_FSIZE = 1;

/**
 * Limits how large a file this process may make (setrlimit(2)): writing beyond fails as on a disk that is full. False
 * where the system has no such call.
 */
export function limitFileSize(bytes: number): boolean {
  if (process.platform === 'win32') return false;
  const libc = dlopen(process.platform === 'darwin' ? 'libSystem.dylib' : 'libc.so.6', {
    setrlimit: { args: [FFIType.i32, FFIType.ptr], returns: FFIType.i32 },
  });
  const hardLimit = 2n ** 40n;
  const limits = new BigUint64Array([BigInt(bytes), hardLimit]);
  return libc.symbols.setrlimit(RLIMIT_FSIZE, ptr(limits)) === 0;
}
