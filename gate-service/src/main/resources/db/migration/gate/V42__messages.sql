-- What receivers are told, written in the transaction of what it tells. Rows of one receiver and release are delivered in the order of their numbers.
-- `doubtful`: it was begun, and nobody knows whether it was taken.
create table messages (
  id         uuid primary key,
  number     bigint generated always as identity unique,
  receiver   text not null,
  release_id uuid not null,
  event      text not null,
  message    jsonb not null,
  created_at timestamptz not null,
  state      text not null default 'WAITING' check (state in ('WAITING', 'DELIVERED', 'REFUSED', 'GIVEN_UP')),
  attempts   integer not null default 0,
  doubtful   boolean not null default false,
  fault      text not null default '',
  next_try   timestamptz not null,
  ended_at   timestamptz,
  check ((state = 'WAITING') = (ended_at is null))
);

create index messages_waiting on messages (receiver, release_id, number) where state = 'WAITING';
create index messages_due on messages (next_try) where state = 'WAITING';
create index messages_of_release on messages (release_id, number);
create index messages_ended on messages (ended_at) where ended_at is not null;

-- Each receiver is served by one replica at a time: until `next_try` by that which has taken it, or by none when it wants to be left alone.
create table message_lanes (
  receiver text primary key,
  failures integer not null default 0,
  next_try timestamptz not null
);

-- Where the messages about a release stand at a receiver.
create table message_threads (
  receiver   text not null,
  release_id uuid not null,
  place      text not null,
  changed_at timestamptz not null,
  primary key (receiver, release_id)
);

create index message_threads_changed on message_threads (changed_at);
