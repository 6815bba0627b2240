/** What a page shows of an analysis: charts, tiles and sentences, made of figures alone. */
@NullMarked
package dev.portcullis.gate.console.evidence;

import org.jspecify.annotations.NullMarked;
