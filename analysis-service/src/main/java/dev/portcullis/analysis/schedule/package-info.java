/** The durable tasks that keep analyses going. */
@NullMarked
package dev.portcullis.analysis.schedule;

import org.jspecify.annotations.NullMarked;
