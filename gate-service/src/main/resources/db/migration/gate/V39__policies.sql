-- The ReleasePolicies that decisions were made by, each text once: `hash` is its SHA-256, in hex.
create table policies (
  hash text primary key,
  name text not null,
  text text not null
);
-- Null of a decision that no policy had a part in, and of those of before.
alter table decisions
  add column policy    text references policies (hash),
  add column undecided text,
  add constraint decisions_policy check ((policy is null) = (undecided is null));
