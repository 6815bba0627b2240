-- What each rule for promotions said when a decision was made; null where none was asked, since the evidence did not allow a promotion.
alter table decisions add column rules jsonb;
