/** Goes up with every change of {@link schema}; a file of another version is refused. */
export const schemaVersion = 3;

/**
 * Money is whole cents, so that sums are exact. Times are ISO 8601 in UTC.
 * Only customers log in; regulars trade like them, but only by webhook; the house holds what was
 * sold outside of the shop.
 */
export const schema = `
  CREATE TABLE users (
    id            TEXT PRIMARY KEY,
    name          TEXT NOT NULL,
    role          TEXT NOT NULL CHECK (role IN ('customer', 'regular', 'house')),
    balance_cents INTEGER NOT NULL CHECK (balance_cents >= 0)
  ) STRICT;

  CREATE TABLE venues (
    id   TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    city TEXT NOT NULL
  ) STRICT;

  CREATE TABLE events (
    id          TEXT PRIMARY KEY,
    title       TEXT NOT NULL,
    genre       TEXT NOT NULL,
    tagline     TEXT NOT NULL,
    description TEXT NOT NULL,
    hue         INTEGER NOT NULL,
    starts_at   TEXT NOT NULL,
    venue_id    TEXT NOT NULL REFERENCES venues (id),
    -- What it was announced with, where that has changed.
    first_starts_at TEXT,
    first_venue_id  TEXT REFERENCES venues (id)
  ) STRICT;

  CREATE TABLE tickets (
    id          TEXT PRIMARY KEY,
    event_id    TEXT NOT NULL REFERENCES events (id),
    row         TEXT NOT NULL,
    number      INTEGER NOT NULL,
    price_cents INTEGER NOT NULL CHECK (price_cents >= 0),
    owner_id    TEXT REFERENCES users (id),
    UNIQUE (event_id, row, number)
  ) STRICT;
  CREATE INDEX tickets_by_owner ON tickets (owner_id);

  CREATE TABLE activity (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket_id   TEXT NOT NULL REFERENCES tickets (id),
    from_id     TEXT REFERENCES users (id),
    to_id       TEXT NOT NULL REFERENCES users (id),
    at          TEXT NOT NULL
  ) STRICT;
  CREATE INDEX activity_by_ticket ON activity (ticket_id);

  CREATE TABLE messages (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    event_id  TEXT NOT NULL REFERENCES events (id),
    author_id TEXT NOT NULL REFERENCES users (id),
    text      TEXT NOT NULL,
    at        TEXT NOT NULL
  ) STRICT;
  CREATE INDEX messages_by_event ON messages (event_id);

  CREATE TABLE notifications (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id TEXT NOT NULL REFERENCES users (id),
    type    TEXT NOT NULL,
    title   TEXT NOT NULL,
    message TEXT NOT NULL,
    at      TEXT NOT NULL,
    is_read INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX notifications_by_user ON notifications (user_id);

  CREATE TABLE announcements (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    title    TEXT NOT NULL,
    message  TEXT NOT NULL,
    severity TEXT NOT NULL,
    at       TEXT NOT NULL
  ) STRICT;

  CREATE TABLE quotes (
    symbol       TEXT PRIMARY KEY,
    event_id     TEXT NOT NULL REFERENCES events (id),
    price_cents  INTEGER NOT NULL,
    change_cents INTEGER NOT NULL,
    at           TEXT NOT NULL
  ) STRICT;

  CREATE TABLE deliveries (
    id        TEXT PRIMARY KEY,
    outcome   TEXT NOT NULL,
    published TEXT,
    at        TEXT NOT NULL
  ) STRICT;
  CREATE INDEX deliveries_by_age ON deliveries (at);
  CREATE INDEX untold_deliveries ON deliveries (at) WHERE published IS NULL;

  CREATE TABLE secrets (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT;
`;
