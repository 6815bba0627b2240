/** What the record of a release takes in the database. */
@NullMarked
package dev.portcullis.benchmarks.record;

import org.jspecify.annotations.NullMarked;
