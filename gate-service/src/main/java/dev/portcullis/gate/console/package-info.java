/** What the pages of the console show, as values: no page, no wire and no store is known here. */
@NullMarked
package dev.portcullis.gate.console;

import org.jspecify.annotations.NullMarked;
