-- That a witness has cosigned a checkpoint (C2SP tlog-cosignature): `witness` is his verifier key, `line` what stands below the checkpoint.
create table if not exists audit.cosignatures (
  size        bigint not null check (size > 0),
  key_id      integer not null,
  witness     text not null,
  cosigned_at timestamptz not null default clock_timestamp(),
  line        text not null,
  primary key (size, key_id, witness)
);

revoke update, delete, truncate on audit.cosignatures from public, current_user;
drop trigger if exists refuse on audit.cosignatures;
create trigger refuse before update or delete or truncate on audit.cosignatures for each statement execute function audit.refuse();
