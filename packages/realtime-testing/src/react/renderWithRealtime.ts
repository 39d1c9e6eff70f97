import type { AnyContract } from '@roomcast/realtime-contract';
import { RealtimeProvider } from '@roomcast/realtime-react';
import { notifyManager, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, type RenderOptions, type RenderResult, render } from '@testing-library/react';
import {
  type ComponentType,
  createElement,
  Fragment,
  type PropsWithChildren,
  type ReactNode,
} from 'react';
import { createMockRealtime } from '../mock/createMockRealtime.ts';
import type { MockRealtime } from '../mock/mockRealtime.ts';

/** The options of `renderWithRealtime`, beside those of Testing Library's `render`. */
export type RenderWithRealtimeOptions<C extends AnyContract> = RenderOptions & {
  /** One of the test, which is left as it is. @default one that does not try again */
  readonly queryClient?: QueryClient;
} & (
    | {
        /** A mock of the test, which may have answers and events already. The test closes it. */
        readonly mock: MockRealtime<C>;
      }
    | {
        /** What to make a mock of. */
        readonly contract: C;
        /** Whose session it is. @default a guest */
        readonly user?: string | null;
      }
  );

/** What Testing Library's `render` returns, and what the page was rendered with. */
export interface RenderedRealtime<C extends AnyContract> extends RenderResult, AsyncDisposable {
  readonly mock: MockRealtime<C>;
  readonly queryClient: QueryClient;
}

/**
 * Renders a component with a client whose server is the test, and a query client. Whatever the mock
 * does to the component happens within `act`. Where `render` throws, nothing of it is left. A mock
 * and a query client of the test are left as they are: end them there.
 *
 * @example
 * await using page = renderWithRealtime(<Tickets eventId="42" />, { contract });
 * await page.mock.settled();
 * page.mock.publish('ticket-purchased');
 */
export function renderWithRealtime<C extends AnyContract>(
  ui: ReactNode,
  options: RenderWithRealtimeOptions<C>,
): RenderedRealtime<C> {
  const { queryClient: given, wrapper: Wrapper = Fragment, ...rest } = options;
  const isOwnMock = !('mock' in options);
  const mock = isOwnMock
    ? createMockRealtime(options.contract, { user: options.user ?? null })
    : options.mock;
  const queryClient = given ?? createTestQueryClient();
  const endActing = mock.runWithin((run) => act(run as () => Promise<void>));
  // What a query tells its components, it tells by a timer.
  notifyManager.setNotifyFunction((run) => act(run));
  /** What the test has brought along is the test's own to end. */
  const end = async () => {
    endActing();
    if (isOwnMock) await mock.close();
    if (!given) queryClient.clear();
  };
  const wrapper = ({ children }: { readonly children: ReactNode }) => {
    const inner = createElement(Wrapper as ComponentType<PropsWithChildren>, null, children);
    const live = createElement(RealtimeProvider, { client: mock.client }, inner);
    return createElement(QueryClientProvider, { client: queryClient }, live);
  };
  let rendered: RenderResult;
  try {
    rendered = render(ui, { ...rest, wrapper });
  } catch (error) {
    void end();
    throw error;
  }
  return {
    ...rendered,
    mock,
    queryClient,
    async [Symbol.asyncDispose]() {
      rendered.unmount();
      const { container, baseElement } = rendered;
      // One of the test's own is left where it is.
      if (container.parentNode === baseElement) container.remove();
      await end();
    },
  };
}

/** What is tried again is tried when the test has ended; what is forgotten keeps a process alive. */
function createTestQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: false, gcTime: Number.POSITIVE_INFINITY },
      mutations: { retry: false, gcTime: Number.POSITIVE_INFINITY },
    },
  });
}
