/** How current what a feed of changes tells is, which decides whether anybody may answer from memory. */
@NullMarked
package dev.portcullis.gate.feed;

import org.jspecify.annotations.NullMarked;
