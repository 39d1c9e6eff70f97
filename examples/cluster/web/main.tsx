import { createRealtimeClient } from '@roomcast/realtime-client';
import { RealtimeProvider } from '@roomcast/realtime-react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { controlContract } from '../shared/controlContract.ts';
import { ControlPage } from './control/ControlPage.tsx';
import '@roomcast/example-ticketing/web/styles/tokens.css';
import '@roomcast/example-ticketing/web/styles/base.css';
import '@roomcast/example-ticketing/web/styles/controls.css';

const client = createRealtimeClient({ contract: controlContract, transports: ['websocket'] });
const queries = new QueryClient();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RealtimeProvider client={client}>
        <ControlPage />
      </RealtimeProvider>
    </QueryClientProvider>
  </StrictMode>,
);
