package dev.portcullis.kit.database;

import org.jdbi.v3.core.Jdbi;

/**
 * Access to the database for work that may wait; both share a number of connections.
 *
 * @param jdbi with a span per statement
 * @param untraced without spans, for machinery that polls
 */
public record BackgroundAccess(Jdbi jdbi, Jdbi untraced) {}
