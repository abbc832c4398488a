import { dlopen, FFIType, ptr } from 'bun:ffi';
import { readdirSync, readlinkSync } from 'node:fs';

// From <asm-generic/socket.h> and <linux/bpf_common.h>.
const SOL_SOCKET = 1;
const SO_ATTACH_REUSEPORT_CBPF = 51;
const BPF_RET_K = 0x06;

/**
 * Opens the first listener of a port that others are to join by `SO_REUSEPORT`, and has Linux give every new connection
 * to the newest of two, instead of to either by chance. Without that, an older listener that ends takes with it who is
 * just in the middle of the handshake: a connection refused. The kernel asks a program (socket(7)) which of the port's
 * listeners a connection is for; ours is "the second", and where there is only one the kernel takes that. So there must
 * never be three.
 *
 * Bun gives no listener's file descriptor away and no other means of changing a certificate (`reload` leaves `tls` as it
 * is), hence the look at which one is new. `isSteered` is false where the system has no such thing.
 */
export function steerToNewest<T>(open: () => T): { readonly opened: T; readonly isSteered: boolean } {
  if (process.platform !== 'linux') return { opened: open(), isSteered: false };
  const before = new Set(socketsOpen());
  const opened = open();
  const added = socketsOpen().filter((fd) => !before.has(fd));
  return { opened, isSteered: added.length === 1 && added.every(attach) };
}

function socketsOpen(): number[] {
  try {
    return readdirSync('/proc/self/fd').filter(isSocket).map(Number);
  } catch {
    return [];
  }
}

function isSocket(fd: string): boolean {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`).startsWith('socket:');
  } catch {
    // The one by which the folder itself was read.
    return false;
  }
}

/** Attaches a program of one instruction: return 1, the index of the second listener. */
function attach(fd: number): boolean {
  // Before the pointers are taken: what they point to may be collected while a library is loaded.
  const set = setsockopt();
  if (set === undefined) return false;
  const instruction = new DataView(new ArrayBuffer(8));
  instruction.setUint16(0, BPF_RET_K, true);
  instruction.setUint32(4, 1, true);
  // struct sock_fprog: how many instructions, six bytes of padding, where they are.
  const program = new DataView(new ArrayBuffer(16));
  program.setUint16(0, 1, true);
  program.setBigUint64(8, BigInt(ptr(instruction)), true);
  return set(fd, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, ptr(program), 16) === 0;
}

/** The C library's function: glibc's, or musl's. */
function setsockopt() {
  const { i32, u32, ptr: pointer } = FFIType;
  const arch = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  for (const libc of ['libc.so.6', `libc.musl-${arch}.so.1`]) {
    try {
      const { symbols } = dlopen(libc, {
        setsockopt: { args: [i32, i32, i32, pointer, u32], returns: i32 },
      });
      return symbols.setsockopt;
    } catch {
      // Not this system's.
    }
  }
  return undefined;
}
