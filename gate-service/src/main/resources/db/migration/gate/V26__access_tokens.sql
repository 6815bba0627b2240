-- Static tokens that the gate makes, for all services. Nothing is kept of one but its SHA-256; one that is revoked or has expired stays, so that it is known whose it was.
create table access_tokens (
  id           uuid primary key,
  number       bigint generated always as identity unique,
  holder       text not null,
  sha256       text not null unique check (sha256 ~ '^[0-9a-f]{64}$'),
  roles        text[] not null,
  services     text[] not null,
  created_at   timestamptz not null,
  creator      text not null,
  expires_at   timestamptz not null,
  revoked_at   timestamptz,
  revoker      text not null default '',
  last_used_at timestamptz
);

create index access_tokens_by_holder on access_tokens (holder);
