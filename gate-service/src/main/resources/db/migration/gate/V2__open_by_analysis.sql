-- To find the release a verdict is about.
create index releases_open_by_analysis on releases (analysis) where state = 'OPEN';
