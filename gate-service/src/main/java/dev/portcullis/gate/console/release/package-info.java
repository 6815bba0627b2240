/** What the pages about releases show: the list of them, and one of them. */
@NullMarked
package dev.portcullis.gate.console.release;

import org.jspecify.annotations.NullMarked;
