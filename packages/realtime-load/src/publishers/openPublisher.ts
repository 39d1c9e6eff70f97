import type { PublishPlan } from '../plan/publishPlan.ts';
import { openActionPublisher } from './actionPublisher.ts';
import { openEventPublisher } from './eventPublisher.ts';
import { createHttpPublisher } from './httpPublisher.ts';
import type { Publisher } from './publisher.ts';

/** Opens what publishes. @throws where it cannot connect */
export async function openPublisher(plan: PublishPlan): Promise<Publisher> {
  const { target, publishing, tokens } = plan;
  switch (publishing.by) {
    case 'action':
      return openActionPublisher(target, tokens, publishing.action);
    case 'event':
      return openEventPublisher(target, tokens, publishing.event);
    case 'http':
      return createHttpPublisher(publishing);
  }
}
