/** How numbers are written for people, wherever they are: the same text on every machine. */
@NullMarked
package dev.portcullis.analysis.wording;

import org.jspecify.annotations.NullMarked;
