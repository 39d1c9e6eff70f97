/** What people say under an event of the recorded day, by the event's genre. */
export const commentTexts: Readonly<Record<string, readonly string[]>> = {
  Concert: [
    'Row C is the sweet spot, close enough to see their hands.',
    'Anyone know if there is a support act?',
    'Got two together in the middle, very happy.',
    'Heard the new pieces on the radio. Goosebumps.',
    'Is the cloakroom free? Last time it was two euros.',
    'They played for almost two hours in Ghent.',
    'Bringing my father, it is his birthday.',
    'Please no phones in the air this time.',
    'The back row sounds better than the front, trust me.',
    'My first concert in a year. Finally.',
    'Does the bar take cards?',
    'The encore alone is worth it.',
  ],
  Comedy: [
    'Sat in row A last time. Never again. Loved it.',
    'Who is the fifth? The poster only names four.',
    'Laughed so hard that I missed half of it, so I am coming back.',
    'Is it all right for a thirteen-year-old?',
    'Bringing the whole office. Sorry in advance.',
    'The one about the allotment is finally in the programme again!',
    'Latecomers get picked on. You have been warned.',
    'Is there a second show on the Sunday?',
    'Going with three neighbours, one of whom will be in the jokes.',
    'Ninety minutes or so with the break.',
  ],
  Theatre: [
    'The storm with the spoons! How do they do it?',
    'Read the play on the train. Bring a handkerchief.',
    'No interval, so plan ahead.',
    'Seats on the right see the window better.',
    'Is it spoken in English or Portuguese that evening?',
    'The middle sister stole the show at the preview.',
    'It is a small stage, every row is close.',
    'My students are coming along. Be kind to them.',
    'Will the text be on sale in the foyer?',
    'The lighthouse turns. I will say no more.',
  ],
  Film: [
    'The man with the hat is the funniest thing from 1924.',
    'Popcorn during a piano solo, yes or no?',
    'Saw the train chase with an orchestra once, the piano is better.',
    'Is it suitable for a six-year-old who likes trains?',
    'He really does not look at the screen before.',
    'Front rows are too close for the titles, take D or E.',
    'My grandmother saw one of these as a child.',
    'Do they show the restored copy?',
    'Never thought I would cry over a bakery.',
    'Got the last two next to each other in row E!',
  ],
  Dance: [
    'One last time on that floor.',
    'Wear shoes you can dance in.',
    'Which company opens the evening?',
    'I learned to waltz there in 1988.',
    'Waiting for somebody to give a ticket away…',
    'When do they open again after the repairs?',
    'Somebody please film the last piece.',
    'Bring water, it gets warm.',
  ],
};

/** What one person is told about an event; `{event}` is its title. */
export const notificationTexts = [
  ['info', 'Doors open early', '{event}: the foyer opens an hour before the start.'],
  ['info', 'You may like this', '{event} still has seats in the middle.'],
  ['warning', 'Going fast', 'The cheap rows of {event} are almost gone.'],
  ['info', 'A word on bags', '{event}: bags larger than A4 go to the cloakroom.'],
  ['success', 'Your reminder is set', 'We will write to you the day before {event}.'],
  ['info', 'New comments', 'People are talking about {event}.'],
  ['warning', 'Road works', 'On the way to {event}, take the tram: the bridge is closed.'],
  ['success', 'You are on the list', 'We tell you first when seats for {event} come back.'],
  ['info', 'Drinks in advance', 'Order for the break of {event} and skip the queue.'],
  ['info', 'Step-free entrance', '{event}: the lift at the side door works again.'],
] as const;

/** What everybody is told. */
export const announcementTexts = [
  ['info', 'Box office open', 'The counter in Harbour Hall is open until eight this evening.'],
  ['info', 'Winter programme', 'The winter programme is published on Friday at noon.'],
  [
    'warning',
    'Busy hour',
    'Many people are buying at the moment. Your seat is yours once it says so.',
  ],
  ['info', 'Gift vouchers', 'Vouchers can be redeemed for every event from today on.'],
  ['critical', 'Card payments', 'Card payments take longer than usual. Balances are not affected.'],
  ['info', 'Card payments', 'Card payments work as usual again. Thank you for waiting.'],
  ['info', 'Lost and found', 'One red scarf, one flute, one shoe: ask at The Kettle House.'],
  ['warning', 'Maintenance tonight', 'The shop pauses at three in the morning for ten minutes.'],
] as const;

/** Why a balance went up. */
export const creditTexts = [
  ['success', 'Refund received', 'A cancelled evening of last season has been paid back.'],
  ['success', 'Voucher redeemed', 'Your gift voucher has been added to your balance.'],
  ['success', 'Top-up received', 'The money is on your balance.'],
] as const;
