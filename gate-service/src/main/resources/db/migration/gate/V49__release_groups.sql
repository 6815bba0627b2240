-- Releases of one change are found by the label that ties them.
create index releases_by_label on releases using gin (string_to_array(labels, ',')) where labels <> '';
