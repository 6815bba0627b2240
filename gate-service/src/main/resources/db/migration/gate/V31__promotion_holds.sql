-- That a person holds promotions: of the services that one of the patterns matches, or, where release_id is there, of one release.
create table promotion_holds (
  id         uuid primary key,
  number     bigint generated always as identity unique,
  services   text[] not null check (cardinality(services) > 0),
  release_id uuid references releases (id) on delete cascade,
  exceptions text[] not null,
  reason     text not null,
  creator    text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  ended_at   timestamptz,
  ender      text not null default '',
  end_reason text not null default '',
  changed    xid8 not null default pg_current_xact_id(),
  check (release_id is not null or expires_at is not null)
);

create index promotion_holds_unended on promotion_holds (number) where ended_at is null;
create index promotion_holds_of_release on promotion_holds (release_id);
create index promotion_holds_changed on promotion_holds (changed);

create trigger promotion_holds_changed before update on promotion_holds for each row execute function note_change();
