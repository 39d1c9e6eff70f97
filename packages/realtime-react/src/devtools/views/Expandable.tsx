import { type ReactNode, useState } from 'react';

export interface ExpandableProps {
  readonly summary: ReactNode;
  readonly className: string;
  /** Called only while it is open. */
  details(): ReactNode;
}

/** A row that shows more when it is clicked. */
export function Expandable({ summary, className, details }: ExpandableProps): ReactNode {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <li>
      <button
        type="button"
        className={`row ${className}`}
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        {summary}
      </button>
      {isOpen && <div className="details">{details()}</div>}
    </li>
  );
}
