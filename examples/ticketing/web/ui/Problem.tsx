interface ProblemProps {
  readonly error: Error;
  readonly onRetry: () => void;
  /** One line, for when older content is still shown. */
  readonly isCompact?: boolean;
}

/** Says what went wrong and offers another try. */
export function Problem({ error, onRetry, isCompact = false }: ProblemProps) {
  return (
    <div className="problem" role="alert" data-compact={isCompact || undefined}>
      <p>{error.message}</p>
      <button type="button" className="button button-quiet" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}
