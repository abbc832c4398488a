import { generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';
import { useMemo } from 'react';

/** Light modules around the code, on each side (ISO/IEC 18004 §6.3.8). */
const QUIET_ZONE = 4;

/** A text for a camera: dark on light in every theme, for many cameras read no other. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { path, side } = useMemo(() => {
    const code = generate(text);
    return { path: toSvgPath(code), side: code.size + 2 * QUIET_ZONE };
  }, [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`${-QUIET_ZONE} ${-QUIET_ZONE} ${side} ${side}`}
      shapeRendering="crispEdges"
      className="mx-auto aspect-square w-full max-w-60 rounded-panel bg-qr-light text-qr-dark"
    >
      <path d={path} fill="currentColor" />
    </svg>
  );
}
