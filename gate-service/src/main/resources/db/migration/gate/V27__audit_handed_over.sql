-- An entry that another service has handed over has an id, and is taken once. The audit log may be there already, as it survives the schema of the gate.
create unique index if not exists entries_by_id on audit.entries ((body::jsonb ->> 'id')) where body::jsonb ->> 'id' is not null;
