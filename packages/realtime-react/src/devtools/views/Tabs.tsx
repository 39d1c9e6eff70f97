import { type KeyboardEvent, type ReactNode, useRef } from 'react';

export interface TabsProps<Name extends string> {
  readonly tabs: readonly Name[];
  readonly selected: Name;
  onSelect(name: Name): void;
}

/** Tabs that arrow keys move along. The panel of each has the id `panel` and names its tab. */
export function Tabs<Name extends string>({
  tabs,
  selected,
  onSelect,
}: TabsProps<Name>): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  const select = (index: number) => {
    const at = (index + tabs.length) % tabs.length;
    const name = tabs[at];
    if (name === undefined) return;
    onSelect(name);
    list.current?.querySelectorAll('button')[at]?.focus();
  };
  const onKeyDown = ({ key }: KeyboardEvent) => {
    const index = tabs.indexOf(selected);
    if (key === 'ArrowRight') select(index + 1);
    if (key === 'ArrowLeft') select(index - 1);
    if (key === 'Home') select(0);
    if (key === 'End') select(-1);
  };
  return (
    <div role="tablist" className="tabs" aria-label="Devtools" onKeyDown={onKeyDown} ref={list}>
      {tabs.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`tab-${name}`}
          aria-selected={name === selected}
          aria-controls="panel"
          tabIndex={name === selected ? 0 : -1}
          onClick={() => onSelect(name)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
