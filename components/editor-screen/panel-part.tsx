import type { ReactNode } from 'react';

type Props = { id: string; name: string; isOpen?: boolean; onOpen?: () => void; children: ReactNode };

/** One foldable part of the panel beside the text. */
export function PanelPart({ id, name, isOpen = false, onOpen, children }: Props) {
  return (
    <details className="panel-part" id={id} open={isOpen} onToggle={({ currentTarget }) => { if (currentTarget.open) onOpen?.(); }}>
      <summary><h2>{name}</h2></summary>
      <div className="panel-inside">{children}</div>
    </details>
  );
}
