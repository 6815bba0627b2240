/** When releases may be promoted: freezes and release hours, as RFC 5545 describes recurring times. */
@NullMarked
package dev.portcullis.gate.calendar;

import org.jspecify.annotations.NullMarked;
