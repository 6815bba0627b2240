package dev.portcullis.gate.audit;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * An entry as it was kept.
 *
 * @param id rises with every entry; orders a list of them
 * @param index its place in the tree, from 0; empty while it has none, for about a second
 * @param recorded when, by the clock of the database
 * @param body its canonical JSON
 */
public record RecordedEntry(long id, OptionalLong index, Instant recorded, String body) {}
