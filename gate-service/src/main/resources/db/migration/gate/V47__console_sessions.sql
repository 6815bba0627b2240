-- Sessions of people in the console. The browser has the secret, and nothing is kept of it but its SHA-256. What a person may do follows from the claims by the rules of the moment.
create table console_sessions (
  id          uuid primary key,
  secret_hash bytea not null unique check (length(secret_hash) = 32),
  issuer      text not null,
  subject     text not null,
  claims      text not null,
  created_at  timestamptz not null,
  used_at     timestamptz not null
);

create index console_sessions_by_use on console_sessions (used_at);
