/** Holds of promotions, which people place and end. */
@NullMarked
package dev.portcullis.gate.hold;

import org.jspecify.annotations.NullMarked;
