import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Problem } from './Problem.tsx';

interface LoadedProps<Data> {
  readonly query: UseQueryResult<Data, Error>;
  /** What is being loaded, for those who cannot see the skeleton. */
  readonly label: string;
  /** Stands in for the content while it is loading. */
  readonly skeleton?: ReactNode;
  /** Whether another part of the page already tells that this data could not be renewed. */
  readonly isToldElsewhere?: boolean;
  readonly children: (data: Data) => ReactNode;
}

/** Shows what a query has: its data, the wait for it, or why it failed and a way on. */
export function Loaded<Data>(props: LoadedProps<Data>) {
  const { query, label, skeleton, isToldElsewhere = false, children } = props;
  const retry = () => void query.refetch();
  if (query.data !== undefined) {
    return (
      <>
        {query.isError && !isToldElsewhere && (
          <Problem error={query.error} onRetry={retry} isCompact />
        )}
        {children(query.data)}
      </>
    );
  }
  if (query.isError) return <Problem error={query.error} onRetry={retry} />;
  return (
    <div role="status" aria-label={`Loading ${label}`}>
      {skeleton ?? <div className="skeleton skeleton-block" />}
    </div>
  );
}
